import type { FastifyInstance } from 'fastify'

/** JSON in UTF-8 is the only body there is. Fastify's own parser would mend broken UTF-8 in silence. */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => parseJson(body),
  )
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    throw Object.assign(new Error('The body is not JSON in UTF-8.', { cause: error }), { statusCode: 400 })
  }
}
