import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { modelUri, request, scopeClient } from './double-client.ts'
import { debugInfoSecret } from './error-body.ts'
import { stageOrderPolicy } from './stage-policy.ts'
import { defaultSwitches } from './switches.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

const workspace = () => scopeClient(double, 'workspaces/w')
const listed = async (below: string): Promise<string[]> =>
  (await workspace().send('GET', below)).body.value.map(({ name }: { name: string }) => name)
const tagsOf = async (below: string) => (await workspace().send('GET', below)).body.properties.tags

describe('list lag', () => {
  it('by requests: lists show a change late, a read by name at once', async () => {
    await workspace().putVersion('m', '1', { tags: { a: 'old' } })
    double.set({ listLag: { requests: 2 } })
    await workspace().putVersion('m', '2')
    await workspace().putVersion('m', '1', { isArchived: true })
    expect((await workspace().send('GET', 'models/m/versions/2')).status).toBe(200)
    expect(await listed('models/m/versions')).toEqual(['1'])
    expect(await listed('models/m/versions')).toEqual(['1'])
    expect(await listed('models/m/versions')).toEqual(['2'])
  })

  it('keeps changes of one row in their order', async () => {
    double.set({ listLag: { requests: 1 } })
    await workspace().putVersion('m', '1')
    double.set({ listLag: null })
    await workspace().send('DELETE', 'models/m/versions/1')
    expect(await listed('models/m/versions')).toEqual([])
    expect(await listed('models/m/versions')).toEqual([])
  })

  it('by time', async () => {
    double.set({ listLag: { ms: 60_000 } })
    await workspace().putVersion('late', '1')
    double.set({ listLag: { ms: 0 } })
    await workspace().putVersion('soon', '1')
    expect(await listed('models')).toEqual(['soon'])
  })
})

describe('faults', () => {
  const times = 1
  it('throttle without Retry-After and with it, and then stop', async () => {
    double.set({
      faults: [
        { kind: 'throttledByService', times },
        { kind: 'throttledByArm', retryAfter: '7', times },
      ],
    })
    const [service, arm, after] = [
      await workspace().send('GET', 'models'),
      await workspace().send('GET', 'models'),
      await workspace().send('GET', 'models'),
    ]
    expect([service.status, service.headers.get('retry-after')]).toEqual([429, null])
    expect(service.body.error.message).toContain('after 20 seconds')
    expect([arm.status, arm.headers.get('retry-after')]).toEqual([429, '7'])
    expect(arm.headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('0')
    expect(after.status).toBe(200)
  })

  it('answer with the page of a proxy', async () => {
    double.set({ faults: [{ kind: 'proxyError' }] })
    const answer = await workspace().send('GET', 'models')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(answer.text).toContain('<h1>502 Bad Gateway</h1>')
  })

  it.each([
    ['invalidToken', 401, 'InvalidAuthenticationToken'],
    ['authorizationFailed', 403, 'AuthorizationFailed'],
    ['serviceError', 500, 'ServiceError'],
    ['serviceTimeout', 504, 'TransientError'],
  ] as const)('%s answers %i', async (kind, status, code) => {
    double.set({ faults: [{ kind }] })
    const answer = await workspace().send('GET', 'models')
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
  })

  it('cut the connection', async () => {
    double.set({ faults: [{ kind: 'connectionReset' }] })
    await expect(workspace().send('GET', 'models')).rejects.toThrow('fetch failed')
  })

  it('are about one kind of request, and may lose only the answer', async () => {
    double.set({
      faults: [{ kind: 'proxyError', method: 'PUT', path: '/versions/', times, afterEffect: true }],
    })
    expect((await workspace().send('GET', 'models/m')).status).toBe(404)
    expect((await workspace().putVersion('m', '1')).status).toBe(502)
    expect((await workspace().putVersion('m', '1')).status).toBe(200)
  })
})

describe('policies', () => {
  it('deny by the rule of the sample: all three stages as keys at once', async () => {
    double.set({ policies: [stageOrderPolicy()] })
    const one = { none: '', staging: '' }
    expect((await workspace().putVersion('m', '1', { tags: one })).status).toBe(201)
    expect(
      (await workspace().putVersion('m', '1', { tags: { stage: 'prod', staging: '', none: '' } })).status,
    ).toBe(200)
    const denied = await workspace().putVersion('m', '1', { tags: { ...one, prod: '' } })
    expect(denied.status).toBe(403)
    expect(denied.body.error).toMatchObject({
      code: 'RequestDisallowedByPolicy',
      target: '1',
      message: expect.stringMatching(
        /^Resource '1' was disallowed by policy\. Policy identifiers: '\[\{.*\}\]'\.$/,
      ),
    })
    expect(denied.body.error.details).toBeUndefined()
    const [{ type, info }] = denied.body.error.additionalInfo
    expect(type).toBe('PolicyViolation')
    expect(info).toMatchObject({
      policyDefinitionEffect: 'Deny',
      policyAssignmentDisplayName: 'Stages of models in their order',
      policyAssignmentId:
        '/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/policyAssignments/model-stage-order',
      policyAssignmentParameters: { StageName1: { value: 'staging' }, StageName4: { value: 'prod' } },
    })
    expect(info.evaluationDetails.evaluatedExpressions).toMatchObject([
      { operator: 'Equals', path: 'type' },
      { operator: 'ContainsKey', targetValue: 'none' },
      { operator: 'ContainsKey', targetValue: 'staging' },
      { operator: 'ContainsKey', targetValue: 'prod' },
    ])
    expect(await tagsOf('models/m/versions/1')).toEqual({ stage: 'prod', staging: '', none: '' })
  })

  it('leave containers and registries alone that the rule does not name', async () => {
    double.set({ policies: [stageOrderPolicy()] })
    const tags = { none: '', staging: '', prod: '' }
    expect((await workspace().send('PUT', 'models/m', { body: { properties: { tags } } })).status).toBe(201)
    expect((await scopeClient(double, 'registries/r').putVersion('m', '1', { tags })).status).toBe(201)
  })
})

describe('concurrent changes', () => {
  it('after a read: the reader then overwrites what it has not seen', async () => {
    await workspace().putVersion('m', '1', { tags: { a: '1', b: '2' } })
    double.set({ concurrentChanges: [{ when: 'afterRead', times: 1, tags: { c: '3' }, dropTags: ['a'] }] })
    const read = (await workspace().send('GET', 'models/m/versions/1')).body
    expect(read.properties.tags).toEqual({ a: '1', b: '2' })
    const now = (await workspace().send('GET', 'models/m/versions/1')).body
    expect(now.properties.tags).toEqual({ b: '2', c: '3' })
    expect(now.systemData.lastModifiedBy).toBe('Another Writer')
    expect(now.systemData.lastModifiedAt > read.systemData.lastModifiedAt).toBe(true)
  })

  it('before a write: somebody else was first to create', async () => {
    double.set({ concurrentChanges: [{ when: 'beforeWrite', times: 1, set: { modelUri } }] })
    const late = await workspace().putVersion('m', '1')
    expect([late.status, late.body.systemData.createdBy]).toEqual([200, 'Another Writer'])
  })

  it('of containers, and not of what a list shows', async () => {
    await workspace().send('PUT', 'models/m', { body: { properties: {} } })
    double.set({ concurrentChanges: [{ when: 'afterRead', tags: { a: '1' } }] })
    await workspace().send('GET', 'models/m/versions')
    await workspace().send('GET', 'models')
    expect(await tagsOf('models/m')).toEqual({})
    expect(await tagsOf('models/m')).toEqual({ a: '1' })
  })
})

describe('other switches', () => {
  it('deny a registry with a 401 that no token cures', async () => {
    double.set({ deniedRegistries: ['r'] })
    const answer = await scopeClient(double, 'registries/r').send('GET', 'models')
    expect([answer.status, answer.body.error.code]).toEqual([401, 'UserError'])
    expect(answer.headers.get('www-authenticate')).toBeNull()
    expect((await scopeClient(double, 'registries/other').send('GET', 'models')).status).toBe(200)
  })

  it.each([
    ['subscriptions', 's', 'SubscriptionNotFound'],
    ['resourceGroups', 'g', 'ResourceGroupNotFound'],
    ['scopes', 'w', 'ResourceNotFound'],
  ])('miss %s', async (kind, name, code) => {
    double.set({ missing: { [kind]: [name] } })
    const answer = await workspace().send('GET', 'models')
    expect([answer.status, Object.keys(answer.body.error)]).toEqual([404, ['code', 'message']])
    expect(answer.body.error.code).toBe(code)
  })

  it('add debug info of any size to the errors of the service', async () => {
    double.set({ debugInfoBytes: 50_000 })
    const { text } = await workspace().send('GET', 'models/m')
    expect(text).toContain(debugInfoSecret)
    expect(text.length).toBeGreaterThan(50_000)
  })

  it('lead the next page elsewhere', async () => {
    double.set({ nextLinkOrigin: 'https://elsewhere.example', pageSize: 1 })
    await workspace().putVersion('a', '1')
    await workspace().putVersion('b', '1')
    const { nextLink } = (await workspace().send('GET', 'models')).body
    expect(new URL(nextLink).origin).toBe('https://elsewhere.example')
  })

  it('give modelUri back as a workspace with replication does', async () => {
    double.set({ replicatesModelUris: true })
    const created = (await workspace().putVersion('m', '1')).body.properties
    expect(created.modelUri).toMatch(/\/paths\/ServiceReplicated\/[0-9a-f-]{36}\/model$/)
    for (const uri of [created.modelUri, modelUri])
      expect((await workspace().putVersion('m', '1', { modelUri: uri })).body.properties).toEqual(created)
  })

  it('choose for what no source proves', async () => {
    const stage = async () => (await workspace().putVersion('m', '1')).body.properties.stage
    await workspace().putVersion('m', '1', { stage: 'Staging' })
    double.set({ unproven: { omittedStage: 'kept' } })
    expect(await stage()).toBe('Staging')
    double.set({ unproven: { omittedStage: 'cleared' } })
    expect(await stage()).toBeNull()
    expect((await workspace().send('GET', 'models/x/versions')).body).toEqual({ value: [] })
    double.set({ unproven: { versionsOfMissingModel: 'notFound' } })
    expect((await workspace().send('GET', 'models/x/versions')).status).toBe(404)
    await workspace().send('PUT', 'models/m', { body: { properties: { isArchived: true } } })
    expect(await listed('models/m/versions')).toEqual(['1'])
    double.set({ unproven: { archivedContainerHidesVersions: true } })
    expect(await listed('models/m/versions')).toEqual([])
  })
})

describe('the control path', () => {
  const control = (method: string, path: string, body?: unknown) =>
    request(double, method, `/_double${path}`, { token: null, ...(body === undefined ? {} : { body }) })

  it('changes switches, and puts them back', async () => {
    const changed = await control('PATCH', '/switches', { pageSize: 3, longRunning: { polls: 5 } })
    expect(changed.body).toMatchObject({ pageSize: 3, longRunning: { polls: 5, outcome: 'Succeeded' } })
    expect(double.switches.pageSize).toBe(3)
    expect((await control('DELETE', '/switches')).body).toEqual(defaultSwitches())
    const unknown = await control('PATCH', '/switches', { pageSizes: 3 })
    expect([unknown.status, unknown.body.error]).toEqual([
      400,
      expect.stringContaining('no switch pageSizes'),
    ])
  })

  it('tells what was asked, and nothing of itself', async () => {
    await workspace().putVersion('m', '1')
    await workspace().send('GET', 'models/m')
    expect((await control('GET', '')).body.requests).toBe(2)
    expect((await control('GET', '/requests')).body.map(({ method }: { method: string }) => method)).toEqual([
      'PUT',
      'GET',
    ])
    expect((await control('GET', '/counts')).body).toEqual({
      [`${workspace().path}/models/m/versions/1`]: 1,
      [`${workspace().path}/models/m`]: 1,
    })
    expect(double.log.count('/models/m')).toBe(1)
    await control('DELETE', '/requests')
    expect(double.log.requests).toEqual([])
  })

  it('empties everything', async () => {
    await workspace().putVersion('m', '1')
    await control('DELETE', '/state')
    expect((await workspace().send('GET', 'models/m')).status).toBe(404)
    expect((await control('GET', '/nothing')).status).toBe(404)
  })
})
