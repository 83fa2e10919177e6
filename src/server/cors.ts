import type { FastifyInstance } from 'fastify'
import type { Site } from './site.ts'

const methods = 'GET, POST'
const headers =
  'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, x-request-id, modelgate-deadline-ms, modelgate-explain'
const readable = 'x-request-id, retry-after, www-authenticate'
const rememberedSeconds = '7200'

/** Lets pages of the configured origins read what the gateway answers. Browsers keep it from all others. */
export function allowOrigins(server: FastifyInstance, { cors }: Site): void {
  const { origins, credentials } = cors
  if (origins.length === 0) return
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    reply.header('vary', 'Origin')
    if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return
    reply.header('access-control-allow-origin', origins.includes('*') ? '*' : origin)
    if (credentials) reply.header('access-control-allow-credentials', 'true')
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!isPreflight) return void reply.header('access-control-expose-headers', readable)
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': headers,
        'access-control-max-age': rememberedSeconds,
      })
      .send()
  })
}
