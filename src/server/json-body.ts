import type { FastifyInstance } from 'fastify'

/** Lists, objects and fields: to make values of more takes long, whatever becomes of them. */
const mostParts = 60_000
const [quote, backslash] = Buffer.from('"\\')
const partMarks: ReadonlySet<number | undefined> = new Set(Buffer.from('[{:'))

/** JSON in UTF-8 is the only body there is. Fastify's own parser would mend broken UTF-8 in silence. */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    let parsed: unknown
    try {
      parsed = parseJson(body)
    } catch (error) {
      return done(error as Error)
    }
    done(null, parsed)
  })
}

/** Keeps nothing from one text to the next. */
const decoder = new TextDecoder('utf-8', { fatal: true })

function parseJson(body: Buffer): unknown {
  if (hasTooManyParts(body)) {
    throw badRequest(`The body holds more than ${mostParts} lists, objects and fields.`)
  }
  try {
    return JSON.parse(decoder.decode(body))
  } catch (error) {
    throw badRequest('The body is not JSON in UTF-8.', error)
  }
}

function badRequest(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { statusCode: 400 })
}

/** Counted in the bytes, as none of a longer character looks like one of these. */
export function hasTooManyParts(body: Buffer): boolean {
  if (body.length <= mostParts) return false
  let parts = 0
  let isText = false
  for (let index = 0; index < body.length; index++) {
    const byte = body[index]
    if (byte === quote) isText = !isText
    else if (isText && byte === backslash) index++
    else if (!isText && partMarks.has(byte) && ++parts > mostParts) return true
  }
  return false
}
