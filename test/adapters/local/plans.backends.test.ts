import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { namePartsOf } from '../../../src/adapters/local/store/name-parts.ts'
import { localTables } from '../../../src/adapters/local/store/tables.ts'
import type { Filter, Position, VersionLeaf, VersionOrder } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { openFrom } from '../../state/database-source.ts'
import { providedPostgres } from '../../state/provided-postgres.ts'
import { newCall } from '../counted-call.ts'
import { type CapturedStatements, captureStatements } from './captured-statements.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

const byModel: VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]
const newest: VersionOrder[] = [{ field: 'createdAt', direction: 'desc' }]
const models = 3000
const versionsOfModel = 10
const nameOf = (n: number) => `model-${String((n * 7919) % models).padStart(4, '0')}`

const tag = (value: string) =>
  ({ kind: 'tag', key: 'team', tests: [{ operator: 'eq', value, ignoreCase: false }] }) as const
const named = (value: string) =>
  ({ kind: 'text', field: 'model', tests: [{ operator: 'contains', value, ignoreCase: true }] }) as const

/** PostgreSQL plans by what it counted of the rows. */
describe('pages of a local registry on PostgreSQL', () => {
  const source = providedPostgres()
  let database: GatewayDatabase
  let registry: OpenRegistry
  let captured: CapturedStatements
  beforeAll(async () => {
    database = await openFrom(source)
    captured = captureStatements(database)
    registry = await openRegistry(captured.database)
    await fill(database)
  })
  afterAll(async () => {
    await database?.close()
    await source.dispose()
  })

  const place = (values: Position['values']): Position => ({
    values,
    name: nameOf(1500),
    version: '3',
    hint: null,
  })

  test.each<[string, VersionOrder[], Filter<VersionLeaf> | null, Position | null, number]>([
    ['by model', byModel, null, null, 50],
    ['by model, far on', byModel, null, place([nameOf(1500), '3']), 50],
    ['newest first', newest, null, null, 50],
    ['newest first, far on', newest, null, place([10_000]), 50],
    ['with a wide tag, by model', byModel, tag('3'), null, 50],
    ['with a wide tag, newest first', newest, tag('3'), null, 50],
    ['with a tag of one, newest first', newest, tag('one'), null, 1],
    ['with a tag of nobody', newest, tag('nobody'), null, 0],
    ['of names with a common text', byModel, named('MODEL'), null, 50],
    ['of names with a rare text', byModel, named('-2999'), null, 10],
    ['of names with a rare text, newest first', newest, named('-2999'), null, 10],
  ])('versions %s are found by indexes alone', async (_, order, filter, after, found) => {
    const query = { filter, order, after, includeArchived: true, limit: 50, continuation: null }
    const { items } = await registry.adapter.versions.list(query, newCall())
    expect(items).toHaveLength(found)
    for (const plan of await captured.plans()) {
      expect(plan.filter((step) => /Seq Scan on local_/.test(step))).toEqual([])
    }
  })
})

async function fill(database: GatewayDatabase): Promise<void> {
  const { queries } = localTables.in(database)
  const names = Array.from({ length: models }, (_, n) => nameOf(n))
  await sql`insert into local_model (id, registry, name, last_version, created_at, updated_at)
    select name, 'registry', name, ${versionsOfModel}, place, place
    from unnest(${names}::text[]) with ordinality as given (name, place)`.execute(queries)
  await sql`insert into local_version
      (model_id, registry, model_name, number, stage, status, created_at, updated_at)
    select id, registry, name, number, 'None', 'READY', created_at * 10 + number, created_at * 10 + number
    from local_model cross join generate_series(1, ${versionsOfModel}) as number`.execute(queries)
  await sql`insert into local_version_tag (model_id, registry, model_name, number, created_at, key, value)
    select model_id, registry, model_name, number, created_at, 'team', case created_at when 777 then 'one' else (created_at % 8)::text end
    from local_version`.execute(queries)
  await sql`insert into local_alias (model_id, name, number) select id, 'champion', 2 from local_model`.execute(
    queries,
  )
  const parts = names.flatMap((name) => namePartsOf(name).map((part) => [part, name] as const))
  await sql`insert into local_name_part (registry, part, model_name)
    select 'registry', * from unnest(${parts.map(([part]) => part)}::text[], ${parts.map(([, name]) => name)}::text[])`.execute(
    queries,
  )
  await sql`analyze`.execute(queries)
}
