import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localTables } from '../../../src/adapters/local/store/tables.ts'
import type {
  ModelVersionRecord,
  VersionOrder,
  VersionQuery,
  VersionsOfModel,
} from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

const count = 5000

export function describeManyVersions(source: DatabaseSource): void {
  describe(`a model with ${count} versions on ${source.name}`, () => {
    let database: GatewayDatabase
    let registry: OpenRegistry
    beforeAll(async () => {
      database = await openFrom(source)
      registry = await openRegistry(database)
      await registry.store.models.create({ name: 'many' })
      await registry.store.models.create({ name: 'few' })
      await registry.store.versions.create({ model: 'few' })
      await writeVersions(database)
    })
    afterAll(async () => {
      await database.close()
      await source.dispose()
    })
    const list = (query: Partial<VersionQuery>) =>
      registry.adapter.versions.list(
        {
          filter: null,
          order: byVersion('asc'),
          includeArchived: true,
          limit: 500,
          after: null,
          continuation: null,
          ...query,
        },
        newCall(),
      )

    test.each(['asc', 'desc'] as const)('is read by page in the order of numbers, %s', async (direction) => {
      const rows: ModelVersionRecord[] = []
      let continuation: string | null = null
      do {
        const page = await list({
          order: byVersion(direction),
          limit: 1000,
          filter: ofModel('many'),
          continuation,
        })
        rows.push(...page.items)
        continuation = page.continuation
      } while (continuation !== null)
      const numbers = Array.from({ length: count }, (_, index) => String(index + 1))
      expect(rows.map(({ version }) => version)).toEqual(direction === 'asc' ? numbers : numbers.reverse())
      expect(rows.every(({ version, tags }) => tags[0]?.value === version)).toBe(true)
    })

    test('gives its highest and its latest without reading the others', async () => {
      const { versions } = registry.adapter
      const [many, few, none] = await versions.ofModels(['many', 'few', 'none'], 3, newCall())
      expect((many as VersionsOfModel).versions.map(({ version }) => version)).toEqual([
        '5000',
        '4999',
        '4998',
      ])
      expect(many).toHaveProperty('complete', false)
      expect(few).toMatchObject({ versions: [{ version: '1' }], complete: true })
      expect(none).toBeNull()
      const [latest] = await versions.latest(['many'], newCall())
      expect(latest).toMatchObject([{ version: '5000' }])
    })

    test('takes no page that holds everything else up', async () => {
      const { items, continuation } = await list({ limit: 1_000_000 })
      expect(items.length).toBeLessThan(count)
      expect(continuation).not.toBeNull()
    })

    test('gives the same rows when others are deleted and made in between', async () => {
      const { store } = registry
      const first = await list({ order: byVersion('desc'), filter: ofModel('many'), limit: 10 })
      await store.versions.delete({ model: 'many', version: '4991' })
      await store.versions.delete({ model: 'many', version: '4990' })
      await store.versions.create({ model: 'many' })
      const second = await list({
        order: byVersion('desc'),
        filter: ofModel('many'),
        limit: 3,
        continuation: first.continuation,
      })
      expect(second.items.map(({ version }) => version)).toEqual(['4989', '4988', '4987'])
    })
  })
}

function byVersion(direction: 'asc' | 'desc'): VersionOrder[] {
  return [{ field: 'version', direction }]
}

function ofModel(value: string): VersionQuery['filter'] {
  return { kind: 'text', field: 'model', tests: [{ operator: 'eq', value, ignoreCase: false }] }
}

/** As the store would, in a few statements. */
async function writeVersions(database: GatewayDatabase): Promise<void> {
  const { queries } = localTables.in(database)
  const model = queries.selectFrom('local_model').select('id').where('name', '=', 'many')
  const { id: model_id } = await model.executeTakeFirstOrThrow()
  const place = { model_id, registry: 'registry', model_name: 'many' }
  const empty = { description: null, status_message: null, source: null, artifact_uri: null, run_id: null }
  const more = { digest: null, size_bytes: null, created_by: null, stage: 'None', status: 'READY' }
  for (let start = 1; start <= count; start += 500) {
    const numbers = Array.from({ length: 500 }, (_, index) => start + index)
    await queries
      .insertInto('local_version')
      .values(
        numbers.map((number) => ({
          ...place,
          number,
          created_at: number,
          updated_at: number,
          ...empty,
          ...more,
        })),
      )
      .execute()
    await queries
      .insertInto('local_version_tag')
      .values(
        numbers.map((number) => ({
          ...place,
          number,
          created_at: number,
          key: 'number',
          value: String(number),
        })),
      )
      .execute()
  }
  await queries.updateTable('local_model').set({ last_version: count }).where('id', '=', model_id).execute()
}
