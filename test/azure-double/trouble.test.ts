import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { modelUri, scopeClient } from './double-client.ts'
import { stageOrderPolicy } from './stage-policy.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

const workspace = () => scopeClient(double, 'workspaces/w')
const tagsOf = async (below: string) => (await workspace().send('GET', below)).body.properties.tags

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
