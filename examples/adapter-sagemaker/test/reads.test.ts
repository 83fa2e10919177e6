import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CreateModelPackageCommand, CreateModelPackageGroupCommand } from '@aws-sdk/client-sagemaker'
import type { Adapter } from 'modelgate/adapter'
import { connectTo, createCall, openSdk } from './connect.ts'
import { findMotoPython } from './moto-python.ts'
import { type MotoServer, startMoto } from './moto-server.ts'

describe('a registry that SageMaker gives in several pages', () => {
  let moto: MotoServer
  let adapter: Adapter

  before(async () => {
    moto = await startMoto(await findMotoPython(), { completed: false })
    adapter = connectTo(moto.url)
    const sdk = openSdk(moto.url)
    for (let index = 0; index < 103; index++)
      await sdk.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: `group-${index}` }))
    for (let index = 0; index < 103; index++)
      await sdk.send(new CreateModelPackageCommand({ ModelPackageGroupName: 'group-7' }))
  })
  after(async () => {
    await adapter.close()
    await moto.close()
  })

  it('is sorted as a whole, and a page costs its rows and the summaries', async () => {
    const order = [{ field: 'name', direction: 'desc' }] as const
    const query = { filter: null, order, includeArchived: true, limit: 3, after: null, continuation: null }
    let requests = 0
    const call = { ...createCall(), countRequest: () => void requests++ }
    const { items, continuation, ordered } = await adapter.models.list(query, call)
    assert.deepEqual([items.map(({ name }) => name), ordered], [['group-99', 'group-98', 'group-97'], true])
    assert.equal(requests, 2 + 3)
    const next = await adapter.models.list({ ...query, continuation }, call)
    assert.equal(next.items[0]?.name, 'group-96')
  })

  it('has all versions of a model, highest first', async () => {
    const [outcome] = await adapter.versions.ofModels(['group-7'], 2, createCall())
    assert.ok(outcome && 'versions' in outcome)
    assert.deepEqual(
      [outcome.versions.map(({ version }) => version), outcome.complete],
      [['103', '102'], false],
    )
  })

  it('costs nothing for rows that cannot match', async () => {
    const filter = {
      kind: 'text',
      field: 'stage',
      tests: [{ operator: 'eq', value: 'Approved', ignoreCase: false }],
    } as const
    const order = [{ field: 'version', direction: 'asc' }] as const
    let requests = 0
    const call = { ...createCall(), countRequest: () => void requests++ }
    const query = { filter, order, includeArchived: true, limit: 50, after: null, continuation: null }
    assert.deepEqual((await adapter.versions.list(query, call)).items, [])
    assert.equal(requests, 2)
  })
})
