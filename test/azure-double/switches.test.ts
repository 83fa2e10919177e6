import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { modelUri, request, scopeClient } from './double-client.ts'
import { debugInfoSecret } from './error-body.ts'
import { defaultSwitches } from './switches.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

const workspace = () => scopeClient(double, 'workspaces/w')
const listed = async (below: string): Promise<string[]> =>
  (await workspace().send('GET', below)).body.value.map(({ name }: { name: string }) => name)

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
