import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Adapter, RegistryError } from 'modelgate/adapter'
import { connectTo, createCall, openSdk } from './connect.ts'
import { findMotoPython } from './moto-python.ts'
import { type MotoServer, startMoto } from './moto-server.ts'

const everything = { filter: null, includeArchived: true, limit: 50, after: null, continuation: null }
const text = (field: 'name' | 'stage', operator: 'eq' | 'contains', value: string) =>
  ({ kind: 'text', field, tests: [{ operator, value, ignoreCase: false }] }) as never

/** On moto as it comes from PyPI, in which Amazon's SDK has put everything. */
describe('what others have put into SageMaker', () => {
  let moto: MotoServer
  let adapter: Adapter
  let requests = 0
  const call = () => createCall(() => requests++)
  const list = (query: object) => {
    requests = 0
    const order = [{ field: 'name', direction: 'desc' }] as const
    return adapter.models.list({ ...everything, order, ...query }, call())
  }

  before(async () => {
    moto = await startMoto(await findMotoPython(), { completed: false })
    adapter = await connectTo(moto.url)
    const sdk = openSdk(moto.url)
    for (let index = 0; index < 103; index++)
      await sdk.createModelPackageGroup({ ModelPackageGroupName: `group-${index}` })
    for (let index = 0; index < 103; index++)
      await sdk.createModelPackage({ ModelPackageGroupName: 'group-7' })
    await sdk.createModelPackageGroup({
      ModelPackageGroupName: 'Fraud',
      ModelPackageGroupDescription: 'Finds fraud.',
      Tags: [
        { Key: 'team', Value: 'risk' },
        { Key: 'alias.champion', Value: '1' },
        { Key: 'alias.broken', Value: 'nothing' },
      ],
    })
    await sdk.createModelPackage({
      ModelPackageGroupName: 'Fraud',
      ModelPackageDescription: 'The first.',
      ModelApprovalStatus: 'Approved',
      CustomerMetadataProperties: { auc: '0.9', note: 'base64:bGluZQpicmVhaw==' },
      MetadataProperties: { GeneratedBy: 'training-job' },
      InferenceSpecification: { Containers: [{ ModelDataUrl: 's3://bucket/fraud.tar.gz' }] },
    })
  })
  after(async () => {
    await adapter.close()
    await moto.close()
  })

  it('is a model with its tags and aliases', async () => {
    const [model] = await adapter.models.get(['Fraud'], call())
    assert.partialDeepStrictEqual(model, {
      name: 'Fraud',
      description: 'Finds fraud.',
      tags: [{ key: 'team', value: 'risk' }],
      aliases: [{ name: 'champion', version: '1' }],
    })
    assert.deepEqual(await adapter.models.get(['fraud'], call()), [null])
  })

  it('is a version with its stage, files and run', async () => {
    const [version] = (await adapter.aliases?.resolve([{ model: 'Fraud', alias: 'champion' }], call())) ?? []
    assert.partialDeepStrictEqual(version, {
      modelName: 'Fraud',
      version: '1',
      description: 'The first.',
      tags: [
        { key: 'auc', value: '0.9' },
        { key: 'note', value: 'line\nbreak' },
      ],
      stage: 'Approved',
      status: 'READY',
      source: 's3://bucket/fraud.tar.gz',
      artifactUri: 's3://bucket/fraud.tar.gz',
      runId: 'training-job',
      createdBy: 'fake-user-profile-name',
    })
  })

  it('is UNSUPPORTED to locate where a version has no files', async () => {
    const [place] = (await adapter.artifacts?.locate([{ model: 'group-7', version: '1' }], call())) ?? []
    assert.ok(RegistryError.is(place))
    assert.deepEqual([place.code, place.message], ['UNSUPPORTED', 'This version was made without files.'])
  })

  it('is sorted as a whole, and a page costs its rows and the summaries', async () => {
    const { items, continuation, ordered } = await list({ limit: 3 })
    assert.deepEqual([items.map(({ name }) => name), ordered], [['group-99', 'group-98', 'group-97'], true])
    assert.equal(requests, 2 + 3)
    const next = await list({ limit: 3, continuation })
    assert.equal(next.items[0]?.name, 'group-96')
  })

  it('has all versions of a model, highest first', async () => {
    const [outcome] = await adapter.versions.ofModels(['group-7'], 2, call())
    assert.ok(outcome && 'versions' in outcome)
    const { versions, complete } = outcome
    assert.deepEqual([versions.map(({ version }) => version), complete], [['103', '102'], false])
  })

  it('costs two requests where a filter names the model, and nothing for rows that cannot match', async () => {
    assert.equal((await list({ filter: text('name', 'eq', 'group-5') })).items.length, 1)
    assert.equal(requests, 2)
    const { items } = await list({ filter: text('name', 'contains', 'p-10') })
    assert.deepEqual([items.length, requests], [4, 2 + 4])
    requests = 0
    const order = [{ field: 'version', direction: 'asc' }] as const
    const approved = { ...everything, order, filter: text('stage', 'eq', 'Approved') }
    assert.equal((await adapter.versions.list(approved, call())).items.length, 1)
    assert.equal(requests, 2 + 1)
  })
})
