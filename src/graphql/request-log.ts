import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../contract/index.ts'
import type { RequestScope } from './request-scope.ts'

/** Which operation, how long, what it asked of whom, and the first thing that went wrong. */
interface RequestFacts {
  readonly requestId: string
  readonly operation: string | null
  readonly kind: string | null
  readonly ms: number
  readonly registries: readonly string[]
  readonly code: unknown
}

/** One line for each request, also for one that does not come as far as an operation. */
export class RequestLog {
  readonly #log: Logger
  readonly #level: 'info' | 'debug'

  constructor(log: Logger, level: 'info' | 'debug') {
    this.#log = log
    this.#level = level
  }

  answered({ line }: Pick<RequestScope, 'line'>, facts: RequestFacts): void {
    if (line) line.isWritten = true
    this.#log[this.#level](facts, 'answered')
  }

  /** What is sent without an operation is a refusal, or leads elsewhere. */
  sent(scope: RequestScope | null, request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
    if (scope?.line?.isWritten) return
    const ms = Math.round(reply.elapsedTime)
    const nothing = { operation: null, kind: null, ms, registries: [] }
    this.#log[this.#level](
      { requestId: request.id, ...nothing, code: codeOf(payload), status: reply.statusCode },
      'answered',
    )
  }
}

function codeOf(payload: unknown): unknown {
  if (typeof payload !== 'string') return null
  try {
    return JSON.parse(payload).errors?.[0]?.extensions?.code ?? null
  } catch {
    // A page, or nothing.
    return null
  }
}
