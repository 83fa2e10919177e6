import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../../src/contract/index.ts'
import { debugInfoSecret } from '../../azure-double/error-body.ts'
import type { Fault } from '../../azure-double/fault.ts'
import { stageOrderPolicy } from '../../azure-double/stage-policy.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { doubleInUse } from './double-in-use.ts'
import { newCall, openAzure, place } from './open-registry.ts'
import { modelQuery, newModel, newVersion } from './queries.ts'

const azure = doubleInUse()

async function failWith(faults: Fault[]): Promise<RegistryError> {
  azure.double.set({ faults })
  const adapter = await azure.open()
  const error: unknown = await adapter.models.list(modelQuery(), newCall()).catch((thrown: unknown) => thrown)
  if (!RegistryError.is(error)) throw new Error(`not a RegistryError: ${String(error)}`)
  return error
}

describe('throttling', () => {
  it('says the delay that stands in the message', async () => {
    const error = await failWith([{ kind: 'throttledByService' }])
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      retryAfterMs: 20_000,
      message: 'Azure asks for fewer requests (HTTP 429): try again after 20 seconds.',
    })
    expect(azure.double.log.requests, 'it is not tried again here').toHaveLength(1)
  })

  it('says the delay of Retry-After before that of the message', async () => {
    const error = await failWith([{ kind: 'throttledByService', retryAfter: '7' }])
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7_000 })
  })

  it('without any delay says none', async () => {
    const error = await failWith([{ kind: 'throttledByArm' }])
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: null,
      message: 'Azure asks for fewer requests (HTTP 429).',
    })
  })
})

describe('an answer that is not Azure’s', () => {
  it('is told by its status', async () => {
    expect(await failWith([{ kind: 'proxyError' }])).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: 'The registry is not available at the moment (HTTP 502).',
    })
  })

  it('or by the connection that broke', async () => {
    expect(await failWith([{ kind: 'connectionReset' }])).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: true,
    })
  })
})

describe('a failure of the service', () => {
  it.each([
    ['serviceError', 'REGISTRY_ERROR'],
    ['serviceTimeout', 'REGISTRY_UNAVAILABLE'],
  ] as const)('%s is %s, and shows nothing of its inside', async (kind, code) => {
    azure.double.set({ debugInfoBytes: 20_000 })
    const error = await failWith([{ kind }])
    expect(error.code).toBe(code)
    expect(error.message).not.toMatch(/svc|InternalServerError|invocation/)
  })

  it('shows nothing of its inside where it refuses either', async () => {
    azure.double.set({ debugInfoBytes: 20_000, deniedRegistries: ['org'] })
    const adapter = await azure.openOrganisation()
    const error: unknown = await adapter.models
      .list(modelQuery(), newCall())
      .catch((thrown: unknown) => thrown)
    expect(String(error)).not.toContain(debugInfoSecret)
    const { writes } = await azure.open()
    await writes?.models.create(newModel('m'), newCall())
    const refused = writes?.versions.create(newVersion('m', { source: 'models:/m/9' }), newCall())
    await expect(refused).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'The model "m" has no version "9".',
    })
  })
})

describe('a refusal', () => {
  it('by RBAC is FORBIDDEN with what is not permitted', async () => {
    expect(await failWith([{ kind: 'authorizationFailed' }])).toMatchObject({
      code: 'FORBIDDEN',
      message:
        "Azure does not permit Microsoft.MachineLearningServices/workspaces/models/versions/write to the gateway's identity: give it a role that does, such as AzureML Data Scientist.",
    })
  })

  it('by Azure Policy is POLICY_VIOLATION with its name and id', async () => {
    azure.double.set({ policies: [stageOrderPolicy()] })
    const { writes } = await azure.open({ stages: { encoding: 'keys' } })
    await writes?.models.create(newModel('m'), newCall())
    await writes?.versions.create(newVersion('m'), newCall())
    const move = async (stage: string) =>
      writes?.stages?.transition(
        { model: 'm', version: '1' },
        { stage, archiveExisting: null, expected: undefined },
        newCall(),
      )
    await move('Staging')
    await expect(move('Production')).rejects.toMatchObject({
      code: 'POLICY_VIOLATION',
      nothingWritten: true,
      retryable: false,
      message: `Azure Policy denies it by the policy "Model stages transition" (/subscriptions/${place.subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/3d0f5b52-7c1e-4c7e-9f0e-2f6f1f3f9a10).`,
    })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({
      none: '',
      staging: '',
      approval: 'staging-approved',
    })
  })

  it('of a registry is UNAUTHENTICATED with the setting, and no token is asked for anew', async () => {
    azure.double.set({ deniedRegistries: ['org'] })
    const adapter = await azure.openOrganisation()
    const call = newCall()
    await expect(adapter.health(call)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('the registry "org": check registry'),
    })
    expect(call.requests).toBe(1)
  })

  it('of a token that was given is UNAUTHENTICATED with the setting', async () => {
    const adapter = await azure.open()
    azure.double.set({ faults: [{ kind: 'invalidToken' }] })
    const call = newCall()
    await expect(adapter.health(call)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('check auth'),
    })
    expect(call.requests).toBe(1)
  })
})

describe('a wrong setting', () => {
  it.each([
    [{ subscriptions: [place.subscriptionId] }, /check subscriptionId/],
    [{ resourceGroups: ['ml'] }, /no resource group "ml": check resourceGroup/],
    [{ scopes: ['fraud'] }, /no workspace "fraud": check workspace and resourceGroup/],
  ])('is named: %j', async (missing, words) => {
    azure.double.set({ missing })
    const adapter = await azure.open()
    const health = adapter.health(newCall())
    await expect(health).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringMatching(words),
    })
    // What hides behind it is not taken for a model that is not there.
    expect(await adapter.models.get(['m'], newCall())).toMatchObject([{ code: 'REGISTRY_ERROR' }])
  })

  it('of the api-version is named', async () => {
    const adapter = await azure.open({ apiVersion: '1999-01-01' })
    await expect(adapter.health(newCall())).rejects.toMatchObject({
      message: expect.stringContaining('check apiVersion'),
    })
  })

  it('of the endpoint is named when it is nobody’s', async () => {
    const adapter = await openAzure('http://127.0.0.1:1')
    await expect(adapter.health(newCall())).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    await expect(adapter.writes?.models.describe('m', 'x', newCall())).rejects.toMatchObject({
      nothingWritten: true,
    })
    await adapter.close()
  })
})

it('no error holds the token, however deep', async () => {
  const adapter = await openAzure('http://127.0.0.1:1', { auth: { token: 'a-secret-token' } })
  const error: unknown = await adapter.health(newCall()).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RegistryError)
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('a-secret-token')
  await adapter.close()
})

describe('another server', () => {
  let close = async () => {}
  afterEach(() => close())

  async function openStub(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    options: object = {},
  ) {
    const requests: IncomingMessage[] = []
    const server = createServer((request, response) => {
      requests.push(request)
      answer(request, response)
    })
    const url = `http://127.0.0.1:${await listenOnLoopback(server)}`
    const adapter = await openAzure(url, options)
    close = async () => {
      await adapter.close()
      await closeServer(server)
    }
    return { adapter, requests, url }
  }

  it('that redirects gets no second request, nor the token', async () => {
    const { adapter, requests } = await openStub((_, response) =>
      response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
    )
    await expect(adapter.health(newCall())).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
    expect(requests).toHaveLength(1)
  })

  it.each([
    '<html>Sign in</html>',
    '',
    '[]',
    '{"value":3}',
    '{"value":[{"name":1}]}',
    '{"value":[],"nextLink":7}',
  ])('that answers %s is REGISTRY_ERROR', async (body) => {
    const { adapter } = await openStub((_, response) => response.writeHead(200).end(body))
    await expect(adapter.models.list(modelQuery(), newCall())).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
    })
  })

  it('that never stops talking is cut off', async () => {
    const { adapter } = await openStub((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ')
      const talk = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', talk)
      response.writeHead(200)
      talk()
    })
    await expect(adapter.health(newCall())).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining('more than'),
    })
  })

  it('that breaks off in the middle is REGISTRY_UNAVAILABLE', async () => {
    const { adapter } = await openStub((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"value"', () => response.destroy())
    })
    await expect(adapter.health(newCall())).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })

  it('that falls silent in the middle is left at once when the time is over', async () => {
    const { adapter, requests } = await openStub((_, response) => {
      response.writeHead(200).write('{"value"')
    })
    const abort = new AbortController()
    const health = adapter.health(newCall(abort.signal))
    while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const abortedAt = performance.now()
    abort.abort()
    await expect(health).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    expect(performance.now() - abortedAt).toBeLessThan(100)
  })

  it('is asked for so many things at once as is configured', async () => {
    let underWay = 0
    let most = 0
    const { adapter } = await openStub((_, response) => {
      most = Math.max(most, ++underWay)
      setImmediate(() => {
        underWay--
        response.writeHead(404).end('{"error":{"code":"UserError","message":"No."}}')
      })
    })
    const names = Array.from({ length: 60 }, (_, index) => `model-${index}`)
    await Promise.all([adapter.models.get(names, newCall()), adapter.versions.latest(names, newCall())])
    expect(most).toBeLessThanOrEqual(8)
    expect(most).toBeGreaterThan(1)
  })

  it('is not asked for one who has left the line, and those behind him move up', async () => {
    const held: ServerResponse[] = []
    const { adapter, requests } = await openStub((_, response) => held.push(response), { connections: 1 })
    const abort = new AbortController()
    const first = adapter.health(newCall())
    const left = adapter.health(newCall(abort.signal))
    const last = adapter.health(newCall())
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    await expect(left).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    held[0]?.end('{}')
    await first
    while (held.length === 1) await new Promise((resolve) => setImmediate(resolve))
    held[1]?.end('{}')
    await last
    expect(requests).toHaveLength(2)
  })

  it('that makes what it was to change says that somebody has deleted it meanwhile', async () => {
    const asset = JSON.stringify({
      name: 'm',
      properties: { tags: {} },
      systemData: { lastModifiedAt: 'now' },
    })
    const { adapter } = await openStub((request, response) =>
      response.writeHead(request.method === 'PUT' ? 201 : 200).end(asset),
    )
    await expect(adapter.writes?.models.describe('m', 'New.', newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      nothingWritten: false,
    })
  })

  it('that answers a look-up with another asset has not what was asked for', async () => {
    const { adapter } = await openStub((_, response) => response.end('{"name":"M"}'))
    expect(await adapter.models.get(['m'], newCall())).toEqual([null])
  })

  it('that knows no such page is not taken for Azure without that model', async () => {
    const { adapter } = await openStub((_, response) => response.writeHead(404).end('<html>'))
    expect(await adapter.models.get(['m'], newCall())).toMatchObject([{ code: 'UNSUPPORTED' }])
  })

  it('whose links go round in a circle is REGISTRY_ERROR, and each is followed once, as it was given', async () => {
    const link = '/page?$orderBy=createdtime+desc&$skipToken=a%2bB%3d&api-version=1'
    const stub = await openStub((request, response) =>
      response.end(JSON.stringify({ value: [], nextLink: `http://${request.headers.host}${link}` })),
    )
    await expect(stub.adapter.models.list(modelQuery(), newCall())).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
    })
    expect(stub.requests.map(({ url }) => url).slice(1)).toEqual([link])
  })
})
