import { isJsonObject } from '../../http/parse-json.ts'
import { malformed, type Wire } from './wire.ts'

/** MLflow's page tokens say an offset, are bound to nothing, and may be made by hand. */
export function toPageToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64')
}

/** The offset of the next page; `null` at the end. */
export function readNextOffset(wire: Wire): number | null {
  const token = wire.next_page_token
  if (token === undefined || token === null || token === '') return null
  if (typeof token !== 'string') throw malformed('next_page_token')
  const offset = parseOffset(Buffer.from(token, 'base64').toString('utf8'))
  if (!Number.isSafeInteger(offset) || offset < 0) throw malformed('next_page_token')
  return offset
}

function parseOffset(text: string): number {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? Number(value.offset) : Number.NaN
  } catch {
    return Number.NaN
  }
}
