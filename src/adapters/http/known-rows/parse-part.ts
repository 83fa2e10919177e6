import { isJsonObject, type JsonObject } from '../parse-json.ts'

/** What an answer may have behind its list. */
const mostOfRest = 4096
const endOfList = /^[ \n\r\t]*\]/

/** Null where it is no object. */
export function parseObject(bytes: Buffer, from: number, end: number): JsonObject | null {
  return parse(bytes.toString('utf8', from, end))
}

/**
 * The object that begins with this list, without what stands in it, from behind its last row. Null where it is no object, is long, or might say the
 * same field once more.
 */
export function parseRest(bytes: Buffer, from: number, field: string): JsonObject | null {
  if (bytes.length - from > mostOfRest) return null
  const rest = bytes.toString('utf8', from)
  if (!endOfList.test(rest) || rest.includes(`"${field}"`) || rest.includes('\\')) return null
  return parse(`{"${field}":[${rest}`)
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    // Whoever parses all of it says what is wrong with it.
    return null
  }
}
