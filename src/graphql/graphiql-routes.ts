import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Where `npm run prepare` puts it: the same way up from `src` and from `dist`. */
const folder = new URL('../../dist/graphql/graphiql/', import.meta.url)

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** No other host is ever asked. The editor sets styles on its elements, which is what `unsafe-inline` is for. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** How people say who they are, which the page has to know: not at all, by a token, or by signing in. */
export type WayToSignIn = 'none' | 'token' | 'login'

/** GraphiQL at `/`, from files that were bundled at installation: it works without a network. */
export async function addGraphiqlRoutes(server: FastifyInstance, wayToSignIn: WayToSignIn): Promise<void> {
  const files = new Set(await listFiles())
  server.get('/', async (request, reply) => {
    // Its addresses are relative, to a page that ends with a slash.
    const [path = ''] = request.originalUrl.split('?', 1)
    if (!path.endsWith('/')) return reply.redirect(`./${path.split('/').at(-1)}/`, 308)
    if (!files.has('index.html')) {
      return reply.code(404).type('text/plain').send('GraphiQL is not built. Run: npm run prepare\n')
    }
    const page = await readFile(new URL('index.html', folder), 'utf8')
    return send(reply, 'index.html', 'no-cache', page.replace('SIGN_IN', wayToSignIn))
  })
  server.get<{ Params: { file: string } }>('/graphiql/:file', async (request, reply) => {
    const { file } = request.params
    if (!files.has(file)) return reply.callNotFound()
    return sendFile(reply, file, 'public, max-age=31536000, immutable')
  })
}

async function listFiles(): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function sendFile(reply: FastifyReply, file: string, cacheControl: string): Promise<FastifyReply> {
  return send(reply, file, cacheControl, await readFile(new URL(file, folder)))
}

function send(
  reply: FastifyReply,
  file: string,
  cacheControl: string,
  content: string | Buffer,
): FastifyReply {
  return reply
    .header('content-security-policy', contentSecurityPolicy)
    .header('cache-control', cacheControl)
    .type(contentTypes[extname(file)] ?? 'application/octet-stream')
    .send(content)
}
