import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { type DoubleResponse, modelUri, readAll, request, scopeClient } from './double-client.ts'
import { createSpecChecker, hasSpec } from './spec-schema.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

const registry = (name = 'org') => scopeClient(double, `registries/${name}`)
const follow = (answer: DoubleResponse, header: string) =>
  request(double, 'GET', answer.headers.get(header) ?? 'no such header')
const stateOf = async (below: string) =>
  (await registry().send('GET', below)).body.properties.provisioningState

describe('a registry', () => {
  it('creates in a long-running operation, and updates at once', async () => {
    const created = await registry().putVersion('m', '1')
    expect(created.status).toBe(201)
    expect(created.headers.get('x-ms-async-operation-timeout')).toBe('PT1H')
    expect(created.body.properties.provisioningState).toBe('Creating')
    expect((await follow(created, 'azure-asyncoperation')).body.status).toBe('Updating')
    expect(await stateOf('models/m/versions/1')).toBe('Creating')
    expect((await follow(created, 'azure-asyncoperation')).body.status).toBe('Succeeded')
    expect(await stateOf('models/m/versions/1')).toBe('Succeeded')
    const updated = await registry().putVersion('m', '1', { tags: { a: 'b' } })
    expect([updated.status, updated.headers.get('azure-asyncoperation')]).toEqual([200, null])
  })

  it('deletes in a long-running operation that is known by Location', async () => {
    double.set({ longRunning: { polls: 0 } })
    await registry().putVersion('m', '1')
    const deleted = await registry().send('DELETE', 'models/m/versions/1')
    expect(deleted.status).toBe(202)
    expect(deleted.headers.get('retry-after')).toBe('1')
    expect((await registry().send('GET', 'models/m/versions/1')).status).toBe(200)
    expect((await follow(deleted, 'location')).status).toBe(204)
    expect((await registry().send('GET', 'models/m/versions/1')).status).toBe(404)
    expect((await registry().send('DELETE', 'models/m/versions/1')).status).toBe(204)
  })

  it('ends an operation that nobody looks at when its time has come', async () => {
    double.set({ longRunning: { polls: 1_000, ms: 0 } })
    await registry().putVersion('m', '1')
    expect(await stateOf('models/m/versions/1')).toBe('Succeeded')
  })

  it.each(['Failed', 'Canceled'] as const)('tells of an operation that %s', async (outcome) => {
    double.set({ longRunning: { polls: 0, outcome } })
    const created = await registry().putVersion('m', '1')
    const { body } = await follow(created, 'azure-asyncoperation')
    expect(body).toMatchObject({ status: outcome, error: { message: expect.stringContaining(outcome) } })
    expect(await stateOf('models/m/versions/1')).toBe(outcome)
    const deleted = await registry().send('DELETE', 'models/m/versions/1')
    expect((await follow(deleted, 'location')).status).toBe(400)
    expect((await registry().send('GET', 'models/m/versions/1')).status).toBe(200)
  })

  it('gives an address for bytes, and keeps them', async () => {
    const upload = await registry().send('POST', 'models/m/versions/1/startPendingUpload', {
      body: { pendingUploadId: 'mine', pendingUploadType: 'TemporaryBlobReference' },
    })
    const { sasUri } = upload.body.blobReferenceForConsumption.credential
    expect(upload.body.pendingUploadId).toBe('mine')
    const blob = sasUri.replace('?', '/model/MLmodel?')
    const put = await fetch(blob, { method: 'PUT', body: 'flavors: {}', headers: { 'x-ms-meta-name': 'm' } })
    expect(put.status).toBe(201)
    const got = await fetch(blob)
    expect([await got.text(), got.headers.get('x-ms-meta-name')]).toEqual(['flavors: {}', 'm'])
    const listed = await fetch(sasUri.replace('?', '?restype=container&comp=list&prefix=model/&'))
    expect(await listed.text()).toContain('<Name>model/MLmodel</Name>')
    expect((await fetch(blob.split('?')[0])).status).toBe(403)
    expect((await fetch(blob.replace('MLmodel', 'other'))).headers.get('x-ms-error-code')).toBe(
      'BlobNotFound',
    )
  })
})

describe('a share', () => {
  const workspace = () => scopeClient(double, 'workspaces/w')
  const publish = (body: object) => workspace().send('POST', 'models/m/versions/1/publish', { body })

  it('goes to the registry of that name, with the tags', async () => {
    await workspace().putVersion('m', '1', { tags: { a: 'b' }, description: 'd', stage: 'Production' })
    await registry().send('GET', 'models')
    const accepted = await publish({ registryName: 'ORG', destinationName: 'n', destinationVersion: '7' })
    expect(accepted.status).toBe(202)
    expect((await registry().send('GET', 'models/n/versions/7')).status).toBe(404)
    expect((await follow(accepted, 'location')).status).toBe(202)
    expect((await follow(accepted, 'location')).status).toBe(204)
    const shared = (await registry().send('GET', 'models/n/versions/7')).body
    expect(shared.properties).toMatchObject({ tags: { a: 'b' }, description: 'd', isArchived: false })
    // As recorded: last modified when the source was, which is before the share.
    expect(shared.systemData.lastModifiedAt < shared.systemData.createdAt).toBe(true)
  })

  it('of nothing is refused, and one that fails leaves nothing', async () => {
    expect((await publish({ registryName: 'org' })).status).toBe(404)
    await workspace().putVersion('m', '1')
    double.set({ longRunning: { polls: 0, outcome: 'Failed' } })
    expect((await follow(await publish({ registryName: 'org' }), 'location')).status).toBe(400)
    expect((await registry().send('GET', 'models/m')).status).toBe(404)
  })
})

const absent = hasSpec ? '' : ' (ABSENT: no OpenAPI under MODELGATE_SHARED)'
describe.skipIf(!hasSpec)(`Microsoft's OpenAPI${absent}`, () => {
  it('knows every body of a registry', async () => {
    const check = createSpecChecker()
    double.set({ longRunning: { polls: 0 }, pageSize: 1 })
    const full = {
      description: 'd',
      tags: { a: null },
      properties: { p: 'q' },
      flavors: { sklearn: { data: { v: '1' } } },
      stage: 'Staging',
    }
    for (const answer of [
      await registry().putVersion('m', '1', full),
      await registry().putVersion('m', '1'),
      await registry().putVersion('m', '2'),
      await registry().send('GET', 'models/m/versions/1'),
    ])
      expect(check('ModelVersionResource', answer.body)).toEqual([])
    for (const body of [{ properties: {} }, { properties: { isArchived: true } }])
      expect(
        check('ModelContainerResource', (await registry().send('PUT', 'models/empty', { body })).body),
      ).toEqual([])
    const versions = await registry().send('GET', 'models/m/versions')
    expect(check('ModelVersionResourceArmPaginatedResult', versions.body)).toEqual([])
    expect(await readAll(double, versions)).toHaveLength(2)
    const containers = await registry().send('GET', 'models?listViewType=All')
    expect(check('ModelContainerResourceArmPaginatedResult', containers.body)).toEqual([])
    const upload = await registry().send('POST', 'models/m/versions/3/startPendingUpload', { body: {} })
    expect(check('PendingUploadResponseDto', upload.body)).toEqual([])
  })

  it('knows every error of a registry', async () => {
    const check = createSpecChecker()
    double.set({ debugInfoBytes: 1_000 })
    for (const answer of [
      await registry().send('GET', 'models/m'),
      await registry().send('GET', 'models/m/versions/1'),
      await registry().send('GET', 'models', { token: null }),
      await registry().send('GET', 'nothing'),
      await registry().putVersion('m', '1', { modelUri: null }),
    ]) {
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(check('ErrorResponse', answer.body)).toEqual([])
    }
  })

  it('finds what is wrong', () => {
    const check = createSpecChecker()
    const whole = { properties: { modelUri, isArchived: false } }
    expect(check('ModelVersionResource', whole)).toEqual([])
    for (const wrong of [
      {},
      { ...whole, more: 1 },
      { properties: { ...whole.properties, provisioningState: 'Done' } },
      { properties: { ...whole.properties, tags: { a: 1 } } },
      { ...whole, systemData: { createdAt: 'yesterday' } },
    ])
      expect(check('ModelVersionResource', wrong)).not.toEqual([])
  })
})
