import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenGateway } from '../gateway/open-gateway.ts'
import { type LocalStore, openSyncedLocal, type SyncedLocal } from './synced-local.ts'

const rows = (read: string) =>
  `{ models(read: ${read}) { nodes { name description tags { key value } aliases { name versionNumber }
     versions { nodes { version source tags { key value } } } } } }`
const kinds = '{ changes { nodes { kind model version certainty } } }'

/** No sync comes in between: what the catalog has of these names is of before. */
describe('a write to a name that the catalog still has from what somebody else has deleted', () => {
  let opened: SyncedLocal | undefined
  let gateway: OpenGateway
  let store: LocalStore

  beforeAll(async () => {
    opened = await openSyncedLocal('1d', async (store) => {
      for (const name of ['churn', 'taken', 'made']) {
        await store.models.create({ name, description: `The old ${name}.` })
        await store.models.setTags(name, [{ key: 'of', value: name }])
        await store.versions.create({ model: name, source: `s3://old/${name}` })
        await store.aliases.set({ model: name, alias: 'champion' }, '1')
      }
    })
    ;({ gateway, store } = opened)
    await store.models.delete('taken')
    await store.models.delete('made')
  }, 30_000)
  afterAll(() => opened?.close())

  const expectSame = async () => {
    const { models } = await gateway.data(rows('INDEXED'))
    expect(models).toEqual((await gateway.data(rows('LIVE'))).models)
  }

  it('is taken in: a rename', async () => {
    await gateway.data(
      'mutation { renameModel(input: { model: { key: { registry: "dev", name: "churn" } }, newName: "taken" }) { model { name } } }',
    )
    const indexed = await gateway.data(rows('INDEXED'))
    expect(indexed.models.nodes).toContainEqual(
      expect.objectContaining({ name: 'taken', description: 'The old churn.' }),
    )
    const { changes } = await gateway.data(kinds)
    expect(changes.nodes).toContainEqual(
      expect.objectContaining({ kind: 'MODEL_RENAMED', model: 'taken', certainty: 'RECORDED' }),
    )
  })

  it('is taken in: a model that is made anew has nothing of the one before', async () => {
    await gateway.data(
      'mutation { createModel(input: { registry: "dev", name: "made", description: "New." }) { model { name } } }',
    )
    await expectSame()
    await gateway.data(
      'mutation { createModelVersion(input: { model: { key: { registry: "dev", name: "made" } }, source: "s3://new/made" }) { modelVersion { version } } }',
    )
    await expectSame()
    const { changes } = await gateway.data(kinds)
    const ofMade = changes.nodes.filter(({ model }: { model: string }) => model === 'made')
    expect(ofMade).toContainEqual(expect.objectContaining({ kind: 'MODEL_DELETED', certainty: 'OBSERVED' }))
    expect(ofMade.slice(-2)).toMatchObject([
      { kind: 'MODEL_CREATED', certainty: 'RECORDED' },
      { kind: 'VERSION_CREATED', version: '1', certainty: 'RECORDED' },
    ])
  })
})
