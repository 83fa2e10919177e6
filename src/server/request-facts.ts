import type { IdentifiedCaller } from './caller.ts'
import { RequestRefusal } from './request-refusal.ts'

/** What the session of a request is made from. */
export interface RequestFacts {
  readonly requestId: string
  /** From the header `modelgate-deadline-ms`; null: as configured. */
  readonly deadlineMs: number | null
  /** Fires when the client goes away before its answer is complete. */
  readonly signal: AbortSignal
  readonly caller: IdentifiedCaller
}

const deadlineHeader = 'modelgate-deadline-ms'

/** @throws RequestRefusal */
export function parseDeadline(header: string | string[] | undefined): number | null {
  if (header === undefined) return null
  if (typeof header === 'string' && /^[0-9]{1,15}$/.test(header) && Number(header) > 0) return Number(header)
  throw new RequestRefusal(
    400,
    `The header ${deadlineHeader} must be a positive whole number of milliseconds.`,
    {
      code: 'BAD_USER_INPUT',
      field: deadlineHeader,
      retryable: false,
    },
  )
}
