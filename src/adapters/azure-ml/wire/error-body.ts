import { isJsonObject, type JsonObject } from '../../http/parse-json.ts'

/** What Azure says went wrong. */
export interface AzureProblem {
  /** The service's own where it has one: `error.code` then says no more than whose fault it is. */
  readonly code: string
  readonly message: string
  readonly additionalInfo: readonly JsonObject[]
}

/** `null`: it is no error of Azure's. */
export function readProblem(text: string): AzureProblem | null {
  const error = parseObject(text)?.error
  if (!isJsonObject(error)) return null
  const detail = Array.isArray(error.details) ? error.details.find(isJsonObject) : undefined
  return {
    code: textOf(detail?.code) || textOf(error.code),
    message: textOf(detail?.message) || textOf(error.message),
    additionalInfo: Array.isArray(error.additionalInfo) ? error.additionalInfo.filter(isJsonObject) : [],
  }
}

const longestSentence = 300
const notForUsers = /\n\s*at |traceback|stack ?trace|\.svc[/:]|\.cs:line/i

/** The first of its lines, when it is short and made for people. */
export function toSentence({ message }: AzureProblem): string | null {
  const line = message.split(/\r?\n/)[0]?.trim() ?? ''
  if (line === '' || line.length > longestSentence || notForUsers.test(message)) return null
  return /[.!?]$/.test(line) ? line : `${line}.`
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    // A proxy's page; its status says enough.
    return null
  }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
