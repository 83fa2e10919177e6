import { dirname } from 'node:path'
import { createClient } from 'graphql-sse'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PlainBrowser, signIn } from '../identity/browser.ts'
import { bearer } from '../identity/open-gateway.ts'
import { clientSecret, startOpenIdProvider } from '../identity/open-id-provider.ts'
import { runModelgateIn } from '../identity/run-modelgate.ts'
import { data, make, now, openLab, tag } from './lab.ts'
import { ask, connect, everyEvent, listen } from './listen.ts'

const who = '{ viewer { principal } }'

async function openWithTokens(config: object = {}) {
  const gateway = await openLab({ auth: {}, administrators: ['token:boss'], ...config })
  const run = async (...args: string[]) =>
    (await runModelgateIn(dirname(gateway.file), ['token', ...args], {})).stdout.trim()
  return {
    gateway,
    create: (name: string) => run('create', name),
    revoke: (name: string) => run('revoke', name),
  }
}

describe('who listens', () => {
  it('says who they are by a header, or by the first message', async () => {
    const { gateway, create } = await openWithTokens()
    const token = await create('ci')
    const principal = async (options: Parameters<typeof connect>[1]) =>
      (await ask(connect(gateway.url, options), who)).data.viewer.principal
    expect(await principal({ headers: bearer(token) })).toBe('token:ci')
    expect(await principal({ connectionParams: { Authorization: `Bearer ${token}` } })).toBe('token:ci')
    expect(await principal({ connectionParams: { authorization: `bearer ${token}` } })).toBe('token:ci')
    expect(await principal({})).toBe('user:anonymous')
    const wrong = bearer('mg_wrong')
    expect(await principal({ headers: wrong, connectionParams: bearer(token) })).toBe('token:ci')
    for (const options of [
      { headers: wrong },
      { connectionParams: wrong },
      { connectionParams: { authorization: 1 } },
    ]) {
      await expect(principal(options)).rejects.toMatchObject({ code: 4401 })
    }
  })

  it('is not taken for somebody by what only a proxy may say', async () => {
    const gateway = await openLab({
      auth: { proxy: { user: 'x-user', groups: null, from: ['127.0.0.1/32'] } },
    }).catch(async () =>
      openLab({ auth: { proxy: { user: 'x-user', groups: 'x-groups', from: ['127.0.0.1/32'] } } }),
    )
    const said = connect(gateway.url, { connectionParams: { 'x-user': 'root', cookie: 'a=b' } })
    expect((await ask(said, who)).data.viewer.principal).toBe('user:anonymous')
    const byProxy = connect(gateway.url, { headers: { 'x-user': 'ann' } })
    expect((await ask(byProxy, who)).data.viewer.principal).toBe('user:ann')
  })

  it('is sent away within a second when the token is revoked', async () => {
    const { gateway, create, revoke } = await openWithTokens()
    const [token, other] = [await create('ci'), await create('other')]
    const told = listen(connect(gateway.url, { headers: bearer(token) }))
    const bySse = createClient({
      url: `${gateway.url}/graphql/stream`,
      headers: bearer(token),
      retryAttempts: 0,
    })
    onTestFinished(() => bySse.dispose())
    const stream = bySse.iterate({ query: everyEvent })
    const first = stream.next()
    const client = connect(gateway.url, { headers: bearer(other) })
    const stays = listen(client, { since: await now(gateway.url, bearer(other)) })
    await ask(client, '{ __typename }')
    await revoke('ci')
    const revokedAt = performance.now()
    expect(await told.over).toMatchObject({ code: 4401 })
    expect((await first).value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(performance.now() - revokedAt).toBeLessThan(1000)
    await data(gateway.url, make('one'), bearer(other))
    await stays.until(1)
    expect(stays.events).toHaveLength(1)
  })

  it('is told of what they may see by then, and of nothing else', async () => {
    const { gateway, create } = await openWithTokens({ permissions: { default: 'NO_PERMISSIONS' } })
    const [boss, reader] = [bearer(await create('boss')), bearer(await create('reader'))]
    const grant = (model: string, permission: string) =>
      `mutation { setPermission(input: { registry: "lab", model: "${model}", principal: "token:reader", permission: ${permission} }) { grant { model } } }`
    await data(gateway.url, grant('shown*', 'READ'), boss)
    const client = connect(gateway.url, { headers: reader })
    const told = listen(client, { since: await now(gateway.url, reader) })
    for (const name of ['shown-1', 'hidden-1', 'shown-2']) await data(gateway.url, make(name), boss)
    await told.until(2)
    await data(gateway.url, grant('shown-2', 'READ'), boss)
    await data(gateway.url, grant('shown*', 'NO_PERMISSIONS'), boss)
    await data(gateway.url, tag('shown-1', 'secret'), boss)
    await data(gateway.url, tag('shown-2', 'open'), boss)
    await told.until(3)
    expect(told.events.map(({ kind, model, after }) => [kind, model, after])).toEqual([
      ['MODEL_CREATED', 'shown-1', 'shown-1'],
      ['MODEL_CREATED', 'shown-2', 'shown-2'],
      ['TAG_SET', 'shown-2', 'open'],
    ])
  })

  it('and is not signed in is told nothing, as the registry is not there', async () => {
    const { gateway, create } = await openWithTokens()
    const boss = bearer(await create('boss'))
    const nobody = connect(gateway.url)
    const told = listen(nobody, { since: await now(gateway.url, boss) })
    const byName = listen(nobody, { where: { registries: ['lab'] } })
    expect(await byName.over).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    const client = connect(gateway.url, { headers: boss })
    const all = listen(client, { since: await now(gateway.url, boss) })
    await data(gateway.url, make('one'), boss)
    await all.until(1)
    await ask(nobody, '{ __typename }')
    expect(told.answers).toEqual([])
  })
})

describe('a page', () => {
  it('opens a WebSocket where its origin may, and by its cookie only where it is trusted', async () => {
    const provider = await startOpenIdProvider()
    const [shown, trusted] = ['https://shown.example.com', 'https://trusted.example.com']
    const open = (cors: object) =>
      openLab(
        {
          auth: {
            login: {
              issuer: provider.issuer,
              clientId: 'modelgate',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own placeholder
              clientSecret: '${OIDC_SECRET}',
            },
          },
          server: { port: 0, cors },
        },
        { OIDC_SECRET: clientSecret },
      )
    const gateway = await open({ origins: [trusted], credentials: true })
    provider.allow(`${gateway.url}/login/callback`)
    const browser = new PlainBrowser()
    await signIn(browser, `${gateway.url}/login`, 'ann')
    const cookie = browser.cookieFor(gateway.url)
    const principal = async (url: string, headers: Record<string, string>) =>
      (await ask(connect(url, { headers }), who)).data.viewer.principal
    expect(await principal(gateway.url, { cookie, origin: gateway.url })).toBe('user:ann')
    expect(await principal(gateway.url, { cookie, origin: trusted })).toBe('user:ann')
    expect(await principal(gateway.url, { origin: trusted })).toBe('user:anonymous')
    await expect(principal(gateway.url, { cookie })).rejects.toMatchObject({ code: 4403 })
    for (const origin of [shown, 'https://evil.example', 'null', `${gateway.url}0`]) {
      await expect(principal(gateway.url, { cookie, origin })).rejects.toBeDefined()
      await expect(principal(gateway.url, { origin })).rejects.toBeDefined()
    }
    const told = listen(connect(gateway.url, { headers: { cookie, origin: gateway.url } }))
    await fetch(`${gateway.url}/logout`, { method: 'POST', headers: { cookie, 'x-requested-with': 'x' } })
    expect(await told.over).toMatchObject({ code: 4401 })

    const plain = await openLab({ server: { port: 0, cors: { origins: [shown] } } })
    expect(await principal(plain.url, { origin: shown })).toBe('user:anonymous')
    await expect(principal(plain.url, { origin: 'https://evil.example' })).rejects.toBeDefined()
    const sites = await openLab({ server: { port: 0, cors: { origins: ['*'] } } })
    expect(await principal(sites.url, { origin: 'https://any.example' })).toBe('user:anonymous')
    const port = new URL(plain.url).port
    const rebound = { host: `evil.example:${port}`, origin: `http://evil.example:${port}` }
    await expect(principal(plain.url, rebound)).rejects.toBeDefined()
  })
})
