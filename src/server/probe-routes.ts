import type { FastifyInstance } from 'fastify'

export interface Readiness {
  readonly isReady: boolean
  /** What does not work, though the gateway can serve. */
  readonly trouble: string | null
}

/**
 * `/livez`: the process answers. `/readyz`: it can serve. What `readiness` looks at must be the gateway's own; a
 * registry that is down does not make the gateway unready.
 */
export function addProbeRoutes(server: FastifyInstance, readiness: () => Promise<Readiness>): void {
  server.get('/livez', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  server.get('/readyz', async (_request, reply) => {
    const { isReady, trouble } = await readiness()
    const status = isReady ? 'ready' : 'not ready'
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(trouble === null ? { status } : { status, trouble })
  })
}
