import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFleet } from '../../bench/fleet/fleet.ts'
import type { ModelVersionRecord } from '../../src/contract/index.ts'
import { CatalogReads } from '../../src/state/catalog/catalog-reads.ts'
import { CatalogStore } from '../../src/state/catalog/catalog-store.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { type DatabaseSource, openFrom } from '../state/database-source.ts'

/** Tags and params are kept once for all that have them. */
export function describePairs(source: DatabaseSource): void {
  const [fleet] = createFleet(1000, 'whole')
  if (!fleet) throw new Error('There is no fleet.')
  const run = fleet.run(0, 1)
  const params = run.params.map(({ key, value }) => `${key}=${value}`)
  let database: GatewayDatabase
  let store: CatalogStore
  let reads: CatalogReads

  beforeAll(async () => {
    database = await openFrom(source)
    store = new CatalogStore(database, {
      isOwnTag: () => false,
      readOrigin: () => ({ copiedFrom: null, sizeBytes: null }),
      followers: [],
      underWay: async () => [],
      leaveBehind: async () => {},
      backlog: { open: async () => {}, takeSome: async () => null },
    })
    reads = new CatalogReads(database)
  })
  afterAll(async () => {
    await database?.close()
    await source.dispose()
  })

  /** A whole sweep of one model with these versions. */
  async function sweep(versions: readonly ModelVersionRecord[]) {
    const state = await store.begin('r', 's')
    const right = { id: state.id, registry: 'r', syncer: 's' }
    const { startedAt } = await store.startSweep(right, { feed: null, watermark: null })
    const look = await store.look(state.id)
    const model = { ...(fleet as NonNullable<typeof fleet>).model(0), aliases: [] }
    await store.takeModels(right, look, [model], { phase: 'models', place: null })
    await store.takeVersions(right, look, versions, { phase: 'versions', place: null })
    const runs = versions.flatMap(({ runId }) => (runId === run.runId ? [{ runId, outcome: run }] : []))
    await store.takeRuns(right, look, runs, { phase: 'runs', place: null })
    await store.finishSweep(right, { startedAt, touch: look.touch })
    return { id: state.id, hasTimeless: false }
  }

  const pairs = async () =>
    (
      await catalogTables
        .in(database)
        .queries.selectFrom('catalog_pair')
        .select(['key', 'value'])
        .orderBy('key')
        .orderBy('value')
        .execute()
    ).map(({ key, value }) => `${key}=${value}`)
  const versionOf = (version: number, tags: ModelVersionRecord['tags']) => ({
    ...(fleet as NonNullable<typeof fleet>).version(0, version),
    tags,
  })

  test('that several have are kept once, and go with the last that has them', async () => {
    const team = { key: 'team', value: 'risk' }
    const long = { key: 'note', value: 'ä'.repeat(3000) }
    const longer = { key: 'note', value: `${'ä'.repeat(3000)}ö` }
    const [first, second, third] = [
      versionOf(1, [team, long]),
      versionOf(2, [team, longer]),
      versionOf(3, [{ key: 'team', value: 'RISK' }]),
    ]
    const part = await sweep([first, second, third])
    const notes = [long, longer].map(({ value }) => `note=${value}`)
    expect(await pairs()).toEqual(['team=RISK', 'team=risk', ...notes, ...params].sort())
    const found = await reads.versions(part, [{ model: first.modelName, version: '2' }])
    expect(found).toMatchObject([{ tags: [longer, team] }])

    await sweep([versionOf(2, [{ key: 'team', value: 'ads' }]), versionOf(3, [])].map(withoutRun))
    // The version that the second sweep has not seen is there until its registry says that it is gone.
    const [unseen] = await store.reads.unseenVersions(part.id, Number.MAX_SAFE_INTEGER, 0)
    expect(unseen?.version).toBe('1')
    expect(await pairs()).toEqual(['team=ads', 'team=risk', notes[0], ...params].sort())
  })

  test('of a key that comes twice are the last', async () => {
    const twice = [
      { key: 'team', value: 'one' },
      { key: 'team', value: 'two' },
    ]
    const part = await sweep([versionOf(4, twice)])
    const found = await reads.versions(part, [{ model: versionOf(4, []).modelName, version: '4' }])
    expect(found).toMatchObject([{ tags: [{ key: 'team', value: 'two' }] }])
  })
}

function withoutRun(version: ModelVersionRecord): ModelVersionRecord {
  return { ...version, runId: null }
}
