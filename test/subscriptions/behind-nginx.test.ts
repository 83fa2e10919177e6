import { createClient } from 'graphql-sse'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../environment/free-port.ts'
import { startNginx } from '../environment/nginx.ts'
import { changes, data, make, now, openLab } from './lab.ts'
import { connect, everyEvent, listen, type ToldEvent } from './listen.ts'

const upgrades =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $http_host;'

async function open(prefix: string, directives: string) {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}${prefix}`
  const gateway = await openLab({ server: { port: 0, publicUrl: base, trustProxy: ['127.0.0.1'] } })
  startNginx(port, `${prefix}/`, `${gateway.url}`, directives)
  await expect.poll(() => fetch(`${base}/livez`).catch(() => null)).toMatchObject({ status: 200 })
  return { base, gateway }
}

it.each(['', '/gate'])(
  'behind nginx with its directives for upgrades, at "%s", a WebSocket is told',
  async (prefix) => {
    const { base, gateway } = await open(prefix, upgrades)
    const since = await now(gateway.url)
    const told = listen(connect(base, { headers: { origin: new URL(base).origin } }), { since })
    await data(gateway.url, make('one'))
    await told.until(1)
    expect(told.events).toEqual(await changes(gateway.url, since))
    expect(await listen(connect(base, { headers: { origin: 'http://evil.example' } })).over).toBeDefined()
  },
)

it.each(['', '/gate'])(
  'behind nginx without them, at "%s", server-sent events are told at once',
  async (prefix) => {
    const { base, gateway } = await open(prefix, '')
    const since = await now(gateway.url)
    expect(await listen(connect(base), { since }).over).toBeDefined()
    const client = createClient({ url: `${base}/graphql/stream`, retryAttempts: 0 })
    onTestFinished(() => client.dispose())
    const stream = client.iterate<{ events: ToldEvent }>({ query: everyEvent, variables: { since } })
    const first = stream.next()
    await data(gateway.url, make('one'))
    const event = (await first).value?.data?.events
    expect([event]).toEqual(await changes(gateway.url, since))
  },
)
