import { describe, expect, it } from 'vitest'
import { refusal } from './altered-azure.ts'
import { place, storage, workspacePath } from './open-registry.ts'
import { probesInUse } from './probes/probes-in-use.ts'

const { azure, find, findAll, openAltered, ownPath } = probesInUse()
const modelUri = `${storage}/models/1`
const removal = 'delete what the probes have made'
const missing = { message: expect.stringContaining('answered 404') }

describe('what the probes have made', () => {
  it('is one model, and gone afterwards', async () => {
    await azure.writer.put('models/mine/versions/1', { modelUri, jobName: 'training' })
    const adapter = await azure.open()
    azure.double.log.reset()
    const found = await findAll(adapter)
    expect(found.filter((words) => words.includes('not tried'))).toHaveLength(1)
    expect(found.at(-1)).toBe(
      `${removal}: 4 versions are gone, and so is the model: Azure deletes models; the adapter does not offer it`,
    )
    const written = azure.double.log.requests.filter(({ method }) => method !== 'GET')
    const own = `${workspacePath}/${ownPath()}`
    expect(written.filter(({ path }) => path !== own && !path.startsWith(`${own}/versions/`))).toEqual([])
    for (const { path } of written)
      await expect(azure.writer.get(path.slice(workspacePath.length + 1))).rejects.toMatchObject(missing)
    expect((await azure.writer.get('models/mine/versions/1')).properties.modelUri).toBe(modelUri)
    expect(await find(adapter, removal)).toBe('nothing was made')
  })

  it('is archived where Azure deletes no models', async () => {
    const keeping = await openAltered(async ({ method, path }, forward) =>
      method === 'DELETE' && /\/models\/[^/]+$/.test(path) ? refusal('Not supported.') : forward(),
    )
    await find(keeping, 'write a version without its stage')
    const own = ownPath()
    expect(await find(keeping, removal)).toBe(
      `1 version is gone, "${own.slice('models/'.length)}" is archived: Azure does not delete models (Azure ML refuses it: Not supported.)`,
    )
    expect((await azure.writer.get(own)).properties.isArchived).toBe(true)
    await expect(azure.writer.get(`${own}/versions/1`)).rejects.toMatchObject(missing)
  })

  it('is told when it is left behind', async () => {
    const adapter = await azure.open()
    await find(adapter, "make a version of another one's files")
    azure.double.set({ faults: [{ kind: 'authorizationFailed', method: 'DELETE', path: '/versions/2' }] })
    const own = ownPath()
    await expect(find(adapter, removal)).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringMatching(
        new RegExp(`^Of "${own.slice(7)}" is left behind: version 2 \\(Azure does not permit .*studio\\.$`),
      ),
    })
    await expect(azure.writer.get(`${own}/versions/1`)).rejects.toMatchObject(missing)
    expect((await azure.writer.get(own)).properties.isArchived).toBe(true)
    azure.double.set({ faults: [{ kind: 'authorizationFailed', method: 'PUT' }] })
    await expect(find(adapter, removal)).rejects.toMatchObject({
      message: expect.stringContaining('the model, not archived (Azure does not permit'),
    })
  })

  it('is taken away also when an answer was lost', async () => {
    const adapter = await azure.open()
    azure.double.set({
      faults: [{ kind: 'connectionReset', method: 'PUT', path: '/versions/', afterEffect: true, times: 1 }],
    })
    await expect(find(adapter, 'delete the highest version')).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    })
    const own = ownPath()
    expect(await azure.writer.get(`${own}/versions/1`)).toMatchObject({ name: '1' })
    expect(await find(adapter, removal)).toMatch(/^1 version is gone, and so is the model/)
    await expect(azure.writer.get(own)).rejects.toMatchObject(missing)
  })

  it('has no versions where Azure looks for files first', async () => {
    const looking = await openAltered(async ({ method, path }, forward) =>
      method === 'PUT' && path.includes('/versions/') ? refusal('No files there.') : forward(),
    )
    const found = await findAll(looking)
    const untried = found.filter((words) =>
      words.includes(
        'not tried: Azure takes no version without files (Azure ML refuses it: No files there.)',
      ),
    )
    expect(untried).toHaveLength(7)
    expect(found.at(-1)).toMatch(/^delete what the probes have made: 1 version is gone, and so is the model/)
  })

  it('is in a registry what it is in a workspace, but for jobs', async () => {
    azure.double.set({ longRunning: { polls: 1, retryAfter: 0 } })
    const adapter = await azure.openOrganisation()
    const found = await findAll(adapter)
    expect(found[0]).toMatch(/^look at the registry itself: it is in/)
    expect(found.filter((words) => words.includes('not tried'))).toHaveLength(2)
    expect(found.at(-1)).toMatch(/: 3 versions are gone, and so is the model/)
    expect(adapter.probes?.some(({ title }) => /job|one model/.test(title))).toBe(false)
  })

  it('is in the subscription that is configured', async () => {
    await find(await azure.open(), 'write a version without its stage')
    const { properties } = await azure.writer.get(`${ownPath()}/versions/1`)
    expect(properties.modelUri).toMatch(
      new RegExp(
        `^azureml://subscriptions/${place.subscriptionId}/resourceGroups/ml/workspaces/fraud/datastores/`,
      ),
    )
  })
})
