import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../contract/index.ts'

/** Which operation, how long, what it asked of whom, and the first thing that went wrong. */
interface RequestLine {
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
  readonly #sessions = new WeakMap<FastifyRequest, object>()
  /** Of requests that have their line. */
  readonly #written = new WeakSet<object>()

  constructor(log: Logger, level: 'info' | 'debug') {
    this.#log = log
    this.#level = level
  }

  opened(request: FastifyRequest, session: object): void {
    this.#sessions.set(request, session)
  }

  answered(session: object, line: RequestLine): void {
    this.#written.add(session)
    this.#log[this.#level](line, 'answered')
  }

  /** What is sent without an operation is a refusal, or leads elsewhere. */
  sent(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
    const session = this.#sessions.get(request)
    if (session && this.#written.has(session)) return
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
