import { RegistryError } from '../../contract/index.ts'
import type { HttpAnswer } from './http-message.ts'
import { parseLargeJson, shortLength } from './parse-large-json.ts'
import { upstreamCause } from './status-error.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The body of a 2xx answer, which has to be a JSON object whatever its content type says. */
export function parseJsonObject(answer: HttpAnswer): JsonObject | Promise<JsonObject> {
  const value = parse(answer)
  return value instanceof Promise ? value.then((parsed) => toObject(parsed, answer)) : toObject(value, answer)
}

function toObject(value: unknown, answer: HttpAnswer): JsonObject {
  if (isJsonObject(value)) return value
  throw unreadable(answer, 'something that is not a JSON object')
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** At once where it is short. */
function parse(answer: HttpAnswer): unknown {
  const { parsed, text } = answer
  if (parsed) return parsed.value
  if (text === '') throw unreadable(answer, 'nothing')
  if (parsed === null) throw broken(answer)
  if (text.length > shortLength) return parseLargeJson(text).catch(() => Promise.reject(broken(answer)))
  try {
    return JSON.parse(text)
  } catch {
    throw broken(answer)
  }
}

function broken(answer: HttpAnswer): RegistryError {
  return unreadable(answer, /^\s*</.test(answer.text) ? 'a web page instead of JSON' : 'broken JSON')
}

function unreadable(answer: HttpAnswer, what: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The registry answered with ${what} (HTTP ${answer.status}): check that its url leads to the server itself.`,
    { cause: upstreamCause(answer) },
  )
}
