import { RegistryError } from '../../contract/index.ts'
import type { HttpAnswer } from './http-message.ts'
import { parseLargeJson } from './parse-large-json.ts'
import { upstreamCause } from './status-error.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The body of a 2xx answer, which has to be a JSON object whatever its content type says. */
export async function parseJsonObject(answer: HttpAnswer): Promise<JsonObject> {
  const value = await parse(answer)
  if (isJsonObject(value)) return value
  throw unreadable(answer, 'something that is not a JSON object')
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function parse(answer: HttpAnswer): Promise<unknown> {
  if (answer.parsed) return answer.parsed.value
  if (answer.text === '') throw unreadable(answer, 'nothing')
  try {
    if (answer.parsed !== null) return await parseLargeJson(answer.text)
  } catch {
    // Said below, as of what was found to be broken before.
  }
  throw unreadable(answer, /^\s*</.test(answer.text) ? 'a web page instead of JSON' : 'broken JSON')
}

function unreadable(answer: HttpAnswer, what: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The registry answered with ${what} (HTTP ${answer.status}): check that its url leads to the server itself.`,
    { cause: upstreamCause(answer) },
  )
}
