import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startNginx } from '../environment/nginx.ts'
import { PlainBrowser, signIn } from './browser.ts'
import { bearer, openGuardedGateway } from './open-gateway.ts'
import { clientSecret, startOpenIdProvider } from './open-id-provider.ts'

const find = (paths: readonly string[], name: string): string => {
  const path = paths.find((candidate) => existsSync(candidate))
  if (path === undefined) throw new Error(`${name} is missing. Install it: apt-get install ${name}`)
  return path
}
const caddyPath = () => find(['/usr/bin/caddy'], 'caddy')

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return address !== null && typeof address === 'object' ? address.port : 0
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

function startCaddy(port: number, directives: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-caddy-'))
  writeFileSync(join(folder, 'Caddyfile'), `{\n admin off\n}\nhttp://127.0.0.1:${port} {\n${directives}\n}\n`)
  run(caddyPath(), ['run', '--config', join(folder, 'Caddyfile')], { HOME: folder, XDG_DATA_HOME: folder })
}

const fronts: readonly (readonly [string, string, (port: number, upstream: string) => void])[] = [
  ['nginx', '', (port, upstream) => startNginx(port, '/', upstream)],
  ['nginx that takes the path away', '/gate', (port, upstream) => startNginx(port, '/gate/', `${upstream}/`)],
  ['nginx that leaves the path', '/gate', (port, upstream) => startNginx(port, '/gate/', upstream)],
  ['Caddy', '', (port, upstream) => startCaddy(port, `reverse_proxy ${upstream}`)],
  [
    'Caddy that takes the path away',
    '/gate',
    (port, upstream) => startCaddy(port, `handle_path /gate/* {\n reverse_proxy ${upstream}\n}`),
  ],
  [
    'Caddy that leaves the path',
    '/gate',
    (port, upstream) => startCaddy(port, `reverse_proxy /gate/* ${upstream}`),
  ],
]

test.each(fronts)('behind %s (%s): GraphiQL, signing in, addresses', async (_, prefix, start) => {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}${prefix}`
  const provider = await startOpenIdProvider()
  provider.allow(`${base}/login/callback`)
  const gateway = await openGuardedGateway(
    {
      auth: {
        login: {
          issuer: provider.issuer,
          clientId: 'modelgate',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own placeholder
          clientSecret: '${OIDC_SECRET}',
        },
      },
      server: { port: 0, publicUrl: base, trustProxy: ['127.0.0.1'] },
    },
    { OIDC_SECRET: clientSecret },
  )
  start(port, gateway.url)
  await expect
    .poll(
      () =>
        fetch(`${base}/livez`).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200)

  const page = await (await fetch(`${base}/`)).text()
  const [script = ''] = /graphiql\/client-\w+\.js/.exec(page) ?? []
  expect((await fetch(new URL(script, `${base}/`))).headers.get('content-type')).toContain('javascript')

  const browser = new PlainBrowser()
  const back = await signIn(browser, `${base}/login`, 'ann')
  expect(back.url).toBe(`${base}/`)
  const cookie = browser.cookieFor(`${base}/graphql`)
  const ask = (headers: Record<string, string>) =>
    fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ viewer { principal } }"}',
    })
  const { origin } = new URL(base)
  expect(await (await ask({ cookie, origin })).json()).toEqual({
    data: { viewer: { principal: 'user:ann' } },
  })
  expect((await ask({ cookie, origin: 'https://evil.example' })).status).toBe(403)

  // Whatever a client claims itself, its address is the one that the proxy was connected from.
  expect(await askFrom('127.0.0.2', `${base}/graphql`)).toBe(401)
  expect(gateway.log()).toContain('"address":"127.0.0.2"')
  expect(gateway.log()).not.toContain('203.0.113.9')
})

function askFrom(localAddress: string, url: string): Promise<number | undefined> {
  const headers = {
    'content-type': 'application/json',
    'x-forwarded-for': '203.0.113.9',
    ...bearer('mg_wrong'),
  }
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', localAddress, headers }, ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end('{"query":"{ viewer { principal } }"}')
  })
}
