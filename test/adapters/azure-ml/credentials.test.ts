import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AccessToken, TokenCredential } from '@azure/core-auth'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { AzureClient } from '../../../src/adapters/azure-ml/wire/client.ts'
import { toCloud } from '../../../src/adapters/azure-ml/wire/cloud.ts'
import { Tokens } from '../../../src/adapters/azure-ml/wire/tokens.ts'
import { wrongSecret } from '../../azure-double/authority-routes.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import { doubleCertificate } from '../../azure-double/double-certificate.ts'
import { newCall } from '../counted-call.ts'
import { openAzure, place, workspacePath } from './open-registry.ts'

let double: AzureDouble
beforeAll(async () => {
  double = await startAzureDouble({ tls: doubleCertificate })
})
afterAll(() => double.close())

const tls = { ca: doubleCertificate.cert }
const app = { tenantId: 'a-tenant', clientId: 'an-app', clientSecret: 'a-secret' }

/** Gives another token each time. */
class CountingCredential implements TokenCredential {
  readonly asked: { readonly scope: unknown; readonly claims: unknown }[] = []
  async getToken(scope: string | string[], options?: { claims?: string }): Promise<AccessToken> {
    this.asked.push({ scope, claims: options?.claims })
    return { token: `token-${this.asked.length}`, expiresOnTimestamp: Date.now() + 3_600_000 }
  }
}

function openClient(credential: TokenCredential): AzureClient {
  return new AzureClient(azureConfigSchema.parse({ ...place, endpoint: double.url, tls }), credential)
}

describe('an app registration', () => {
  it('gets its token from the configured authority, over the configured certificate, once', async () => {
    double.reset()
    const adapter = await openAzure(double.url, { auth: app, authorityHost: double.url, tls })
    await Promise.all([adapter.health(newCall()), adapter.health(newCall()), adapter.health(newCall())])
    const tokens = double.log.requests.filter(({ path }) => path === '/a-tenant/oauth2/v2.0/token')
    expect(tokens).toHaveLength(1)
    expect(new URLSearchParams(tokens[0]?.body).get('scope')).toContain(
      'https://management.azure.com/.default',
    )
    await adapter.close()
  })

  it('with a wrong secret is UNAUTHENTICATED with the setting, and the secret stands nowhere', async () => {
    const auth = { ...app, clientSecret: wrongSecret }
    const adapter = await openAzure(double.url, { auth, authorityHost: double.url, tls })
    const error: unknown = await adapter.health(newCall()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'No token for Azure was given (AADSTS7000215): check auth.',
    })
    expect(String(error)).not.toContain(wrongSecret)
    await adapter.close()
  })

  it('whose authority cannot be reached is REGISTRY_UNAVAILABLE with the setting', async () => {
    const adapter = await openAzure(double.url, { auth: app, authorityHost: 'https://127.0.0.1:1', tls })
    await expect(adapter.health(newCall())).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: expect.stringContaining('check authorityHost'),
    })
    await adapter.close()
  })
})

describe('a token', () => {
  it('that was refused is replaced once, for a write too', async () => {
    double.reset()
    const credential = new CountingCredential()
    const client = openClient(credential)
    double.set({ faults: [{ kind: 'invalidToken', times: 1 }] })
    const call = newCall()
    await client.write('PUT', `${workspacePath}/models/m`, { properties: {} }, call)
    expect(call.requests).toBe(2)
    expect(double.log.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
    await client.get(`${workspacePath}/models/m`, newCall())
    expect(credential.asked).toHaveLength(2)
    await client.close()
  })

  it('that is refused again and again is UNAUTHENTICATED', async () => {
    double.reset()
    const client = openClient(new CountingCredential())
    double.set({ faults: [{ kind: 'invalidToken' }] })
    const call = newCall()
    await expect(client.get(`${workspacePath}/models`, call)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(call.requests).toBe(2)
    await client.close()
  })

  it('is asked for by no more than one at a time, and by nobody whose time is over', async () => {
    double.reset()
    let give = (_: AccessToken) => {}
    let asked = 0
    const client = openClient({
      getToken: () => {
        asked++
        return new Promise((resolve) => {
          give = resolve
        })
      },
    })
    const late = client.get(`${workspacePath}/models`, newCall(AbortSignal.timeout(20)))
    const patient = client.get(`${workspacePath}/models`, newCall())
    await expect(late).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })
    give({ token: 'late', expiresOnTimestamp: Date.now() + 3_600_000 })
    expect(await patient).toEqual({ value: [] })
    expect(asked).toBe(1)
    await client.close()
  })
})

describe('a request for a token that hangs', () => {
  afterEach(() => {
    vi.useRealTimers()
  })
  const token = { token: 'given', expiresOnTimestamp: Date.now() + 3_600_000 }
  const never = () => new Promise<never>(() => {})
  const client = (getToken: TokenCredential['getToken']) => openClient({ getToken })
  const models = `${workspacePath}/models`

  it.each(['an app registration', 'a managed identity'])('is replaced for %s', async (kind) => {
    vi.stubEnv('IDENTITY_ENDPOINT', `${double.url}/msi/token`)
    vi.stubEnv('IDENTITY_HEADER', 'a-header')
    double.reset()
    double.set({ hangingTokenRequests: 1 })
    vi.useFakeTimers({ toFake: ['performance'] })
    const auth = kind === 'an app registration' ? app : 'managedIdentity'
    const adapter = await openAzure(double.url, { auth, authorityHost: double.url, tls })
    const timeout = { code: 'REGISTRY_TIMEOUT', nothingWritten: true }
    await expect(adapter.health(newCall(AbortSignal.timeout(300)))).rejects.toMatchObject(timeout)
    await expect(adapter.health(newCall(AbortSignal.timeout(50)))).rejects.toMatchObject(timeout)
    vi.advanceTimersByTime(5_000)
    await adapter.health(newCall())
    await adapter.close()
    vi.unstubAllEnvs()
  })

  it('is broken off after half a minute, also where the credential does not heed it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let signal: { readonly aborted: boolean } | undefined
    const asking = client((_, options) => {
      signal = options?.abortSignal
      return never()
    })
    const failing = expect(asking.get(models, newCall())).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
      nothingWritten: true,
      message: expect.stringContaining('did not answer within 30 seconds: check authorityHost'),
    })
    await vi.advanceTimersByTimeAsync(29_999)
    expect(signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(signal?.aborted).toBe(true)
    await failing
    await asking.close()
  })

  it('may still give the token of the moment, and so may the one that replaced it', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const given: PromiseWithResolvers<AccessToken>[] = []
    const asking = client(() => {
      const answer = Promise.withResolvers<AccessToken>()
      given.push(answer)
      return answer.promise
    })
    const first = asking.get(models, newCall())
    vi.advanceTimersByTime(4_999)
    const second = asking.get(models, newCall())
    expect(given).toHaveLength(1)
    vi.advanceTimersByTime(1)
    const third = asking.get(models, newCall())
    expect(given).toHaveLength(2)
    given[0]?.resolve(token)
    await Promise.all([first, second])
    await asking.get(models, newCall())
    given[1]?.resolve(token)
    await third
    expect(given).toHaveLength(2)
    await asking.close()
  })

  it('does not keep a connection from being closed', async () => {
    const asking = client(never)
    const health = asking.get(models, newCall())
    await asking.close()
    await expect(health).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: 'The connection to the registry is closed.',
      nothingWritten: true,
    })
  })

  it('is not what one waits for who has other claims to make', async () => {
    const credential = new CountingCredential()
    const tokens = new Tokens(
      {
        getToken: (scope, options) =>
          options?.claims === undefined ? never() : credential.getToken(scope, options),
      },
      'a-scope',
    )
    const { signal } = newCall()
    tokens.get(signal).catch(() => {})
    expect(await tokens.replace('refused', '{"access_token":{}}', signal)).toBe('token-1')
    expect(credential.asked).toEqual([{ scope: 'a-scope', claims: '{"access_token":{}}' }])
    expect(await tokens.get(signal)).toBe('token-1')
  })
})

describe('a certificate that nobody vouches for', () => {
  it('is named', async () => {
    const adapter = await openAzure(double.url)
    await expect(adapter.health(newCall())).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: expect.stringContaining('set tls.ca'),
      nothingWritten: true,
    })
    await adapter.close()
  })
})

describe('the cloud', () => {
  const cloud = (options: object) => toCloud(azureConfigSchema.parse({ ...place, ...options }))

  it.each([
    [{}, 'https://login.microsoftonline.com', 'https://management.azure.com/.default', true],
    [
      { endpoint: 'https://management.chinacloudapi.cn' },
      'https://login.chinacloudapi.cn',
      'https://management.chinacloudapi.cn/.default',
      true,
    ],
    [
      { endpoint: 'https://management.usgovcloudapi.net/' },
      'https://login.microsoftonline.us',
      'https://management.usgovcloudapi.net/.default',
      true,
    ],
    [
      {
        endpoint: 'https://proxy.example',
        authorityHost: 'https://login.example/',
        scope: 'api://x/.default',
      },
      'https://login.example',
      'api://x/.default',
      false,
    ],
  ])('of %j has the authority %s', (options, authorityHost, scope, isPublic) => {
    expect(cloud(options)).toEqual({ authorityHost, scope, isPublic })
  })
})

describe('Microsoft’s libraries', () => {
  const load = (code: string) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    })
    if (stderr !== '') throw new Error(stderr)
    return stdout.trim()
  }
  const loaded = `const { registerHooks } = await import('node:module')
    const seen = new Set()
    registerHooks({ resolve(name, context, next) { if (name.startsWith('@azure/')) seen.add(name); return next(name, context) } })`

  it('are loaded by nobody who has no Azure registry', () => {
    expect(load(`${loaded}; await import('./src/gateway/connect-registry.ts'); console.log([...seen])`)).toBe(
      '[]',
    )
  })

  it('are loaded without those for credentials where there is a token', () => {
    const connect = (auth: string) =>
      load(`${loaded}
        const { azureAdapter } = await import('./src/adapters/azure-ml/adapter.ts')
        const { azureConfigSchema } = await import('./src/adapters/azure-ml/config.ts')
        const config = azureConfigSchema.parse({ ...${JSON.stringify(place)}, auth: ${auth} })
        await azureAdapter.connect(config, { registry: 'a', log: console })
        console.log(seen.has('@azure/core-rest-pipeline'), seen.has('@azure/identity'))`)
    expect(connect('{ token: "t" }')).toBe('true false')
    expect(connect('{ tenantId: "t", clientId: "c", clientSecret: "s" }')).toBe('true true')
    expect(connect('{ clientId: "c" }')).toBe('true true')
    expect(connect('"default"')).toBe('true true')
  })
})
