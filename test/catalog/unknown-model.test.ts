import { afterAll, expect, it } from 'vitest'
import type { ModelRecord } from '../../src/contract/index.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { CatalogStore } from '../../src/state/catalog/catalog-store.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { createFileSource, silent } from '../state/database-source.ts'

const source = createFileSource()
afterAll(() => source.dispose())

it('of two writes at once to a model that the first sweep has not come to yet, both are told', async () => {
  const database = await openGatewayDatabase(await source.createUrl(), { log: silent })
  const store = new CatalogStore(database, { underWay: async () => [], isOwnTag: () => false })
  await store.begin('dev', 'sweeper')
  const tags = ['one', 'two'].map((key) => ({ key, value: 'new' }))
  // Both are done before the first of them is read back.
  const model: ModelRecord = {
    name: 'churn',
    description: null,
    tags,
    aliases: [],
    createdAt: new Date(1),
    updatedAt: new Date(2),
    archived: false,
    latestVersions: null,
  }
  for (const { key, value } of tags) {
    const written = [{ kind: 'TAG_SET', model: 'churn', version: null, key, after: value } as const]
    const by = { actor: null, requestId: null, comment: null }
    await store.takeWrite(
      'dev',
      null,
      { model: 'churn', written, read: { model, versions: [], runs: [] }, by },
      async () => {},
    )
  }
  const events = await catalogTables
    .in(database)
    .queries.selectFrom('event_log')
    .select(['kind', 'key'])
    .orderBy('seq')
    .execute()
  expect(events).toEqual([
    { kind: 'TAG_SET', key: 'one' },
    { kind: 'TAG_SET', key: 'two' },
  ])
  await database.close()
})
