import type { FastifyInstance } from 'fastify'

/**
 * `/livez`: the process answers. `/readyz`: it can serve. What `isReady` looks at must be the gateway's own; a
 * registry that is down does not make the gateway unready.
 */
export function addProbeRoutes(server: FastifyInstance, isReady: () => boolean | Promise<boolean>): void {
  server.get('/livez', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  server.get('/readyz', async (_request, reply) => {
    const ready = await isReady()
    const status = ready ? 'ready' : 'not ready'
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status })
  })
}
