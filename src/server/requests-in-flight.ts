import type { FastifyInstance, FastifyReply } from 'fastify'

/**
 * Counts the requests that are not answered yet. Node itself tells idle connections from busy ones only once they
 * have carried a request, and would wait for those that a client has opened in advance.
 */
export class RequestsInFlight {
  readonly #inFlight = new Set<object>()
  #whenNone: (() => void) | null = null

  constructor(server: FastifyInstance) {
    server.addHook('onRequest', (_request, reply, done) => {
      this.#inFlight.add(reply.raw)
      reply.raw.once('close', () => this.leave(reply))
      done()
    })
  }

  get count(): number {
    return this.#inFlight.size
  }

  /** Of one that is answered, or has become something else. */
  leave({ raw }: FastifyReply): void {
    if (this.#inFlight.delete(raw) && this.#inFlight.size === 0) this.#whenNone?.()
  }

  /** Resolves when the last one is answered. */
  none(): Promise<void> {
    if (this.#inFlight.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#whenNone = resolve
    })
  }
}
