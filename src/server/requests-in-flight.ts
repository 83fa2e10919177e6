import type { FastifyInstance } from 'fastify'

/**
 * Counts the requests that are not answered yet. Node itself tells idle connections from busy ones only once they
 * have carried a request, and would wait for those that a client has opened in advance.
 */
export class RequestsInFlight {
  #count = 0
  #whenNone: (() => void) | null = null

  constructor(server: FastifyInstance) {
    server.addHook('onRequest', async (_request, reply) => {
      this.#count++
      reply.raw.once('close', () => {
        this.#count--
        if (this.#count === 0) this.#whenNone?.()
      })
    })
  }

  get count(): number {
    return this.#count
  }

  /** Resolves when the last one is answered. */
  none(): Promise<void> {
    if (this.#count === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#whenNone = resolve
    })
  }
}
