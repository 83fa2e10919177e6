import { afterAll, expect, it } from 'vitest'
import { createFleet } from '../../bench/fleet/fleet.ts'
import { mayHaveRunByOrigin } from '../../src/federation/filter/run-by-origin.ts'
import { CatalogStore } from '../../src/state/catalog/catalog-store.ts'
import { findFewVersions } from '../../src/state/catalog/few-versions.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { createFileSource, openFrom } from '../state/database-source.ts'

const source = createFileSource()
afterAll(() => source.dispose())

/** Of all versions in the order of a metric, most of which have a run. */
it('finds the few versions without a run that may have that of their origin', async () => {
  const database = await openFrom(source)
  const store = new CatalogStore(database, {
    isOwnTag: () => false,
    readOrigin: () => ({ copiedFrom: null, sizeBytes: null }),
    followers: [],
    underWay: async () => [],
    leaveBehind: async () => {},
    backlog: { open: async () => {}, takeSome: async () => null },
  })
  const { id } = await store.begin('r', 's')
  const right = { id, registry: 'r', syncer: 's' }
  const look = await store.look(id)
  const [fleet] = createFleet(1000, 'whole')
  if (!fleet) throw new Error('There is no fleet.')
  const versions = [1, 2, 3].map((version) => fleet.version(0, version))
  await store.takeModels(right, look, [fleet.model(0)], null)
  await store.takeVersions(
    right,
    look,
    versions.map((version) => (version.version === '2' ? { ...version, runId: null } : version)),
    null,
  )
  const part = { id, hasTimeless: false }
  const found = await findFewVersions(catalogTables.in(database), part, mayHaveRunByOrigin)
  const rows = await catalogTables
    .in(database)
    .queries.selectFrom('catalog_version')
    .select('version')
    .where('id', 'in', found ?? [])
    .execute()
  expect(rows).toEqual([{ version: '2' }])
  await database.close()
})
