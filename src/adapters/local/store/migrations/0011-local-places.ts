import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../../../state/column-types.ts'
import { namePartsOf } from '../name-parts.ts'

/**
 * Where rows stand in the orders that lists have, kept beside them: a page of a registry, or of those with a tag, is a
 * stretch of an index however many rows there are. Parts of names lead to those that hold a text.
 */
export function createLocalPlacesMigration(types: ColumnTypes): Migration {
  return {
    async up(database) {
      await addPlaces(database, types)
      await createIndexes(database)
      await createNameParts(database, types)
    },
    async down(database) {
      await database.schema.dropTable('local_name_part').execute()
      for (const index of indexes) await database.schema.dropIndex(index.name).execute()
      for (const [table, columns] of Object.entries(places)) {
        for (const column of Object.keys(columns)) {
          await database.schema.alterTable(table).dropColumn(column).execute()
        }
      }
    },
  }
}

const places = {
  local_version: { registry: 'registry', model_name: 'name' },
  local_model_tag: { registry: 'registry', model_name: 'name', created_at: 'created_at' },
  local_version_tag: { registry: 'registry', model_name: 'name', created_at: null },
} as const

async function addPlaces(database: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const [table, columns] of Object.entries(places)) {
    for (const column of Object.keys(columns)) {
      const type = column === 'created_at' ? types.integer : types.text
      await database.schema.alterTable(table).addColumn(column, type).execute()
    }
    const values = Object.entries(columns).map(
      ([column, source]) =>
        sql`${sql.ref(column)} = ${
          source === null
            ? sql`(select v.created_at from local_version as v
                where v.model_id = local_version_tag.model_id and v.number = local_version_tag.number)`
            : sql`(select m.${sql.ref(source)} from local_model as m where m.id = ${sql.ref(`${table}.model_id`)})`
        }`,
    )
    await sql`update ${sql.table(table)} set ${sql.join(values)}`.execute(database)
    if (!types.altersColumns) continue
    for (const column of Object.keys(columns)) {
      // A gateway of an earlier release would leave it empty, and its rows out of every list.
      await database.schema
        .alterTable(table)
        .alterColumn(column, (change) => change.setNotNull())
        .execute()
    }
  }
}

/** A value may be longer than PostgreSQL takes into an index. */
const valueStart = 'substr(value, 1, 64)'

const indexes = [
  { name: 'local_model_by_creation', on: 'local_model (registry, created_at desc, name)' },
  { name: 'local_model_by_update', on: 'local_model (registry, updated_at desc, name)' },
  {
    name: 'local_model_tag_by_name',
    on: `local_model_tag (registry, key, ${valueStart}, model_name)`,
  },
  {
    name: 'local_model_tag_by_creation',
    on: `local_model_tag (registry, key, ${valueStart}, created_at desc, model_name)`,
  },
  { name: 'local_version_by_name', on: 'local_version (registry, model_name, number)' },
  { name: 'local_version_by_creation', on: 'local_version (registry, created_at desc, model_name, number)' },
  { name: 'local_version_by_update', on: 'local_version (registry, updated_at desc, model_name, number)' },
  { name: 'local_version_by_run', on: 'local_version (registry, run_id) where run_id is not null' },
  {
    name: 'local_version_tag_by_name',
    on: `local_version_tag (registry, key, ${valueStart}, model_name, number)`,
  },
  {
    name: 'local_version_tag_by_creation',
    on: `local_version_tag (registry, key, ${valueStart}, created_at desc, model_name, number)`,
  },
] as const

async function createIndexes(database: Kysely<unknown>): Promise<void> {
  for (const { name, on } of indexes) await sql.raw(`create index ${name} on ${on}`).execute(database)
}

async function createNameParts(database: Kysely<unknown>, { text, withoutRowId }: ColumnTypes) {
  await database.schema
    .createTable('local_name_part')
    .addColumn('registry', text, (column) => column.notNull())
    .addColumn('part', text, (column) => column.notNull())
    .addColumn('model_name', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('local_name_part_key', ['registry', 'part', 'model_name'])
    .modifyEnd(withoutRowId)
    .execute()
  const queries = database as Kysely<{
    local_model: { id: string; registry: string; name: string }
    local_name_part: { registry: string; part: string; model_name: string }
  }>
  let last = ''
  for (;;) {
    const models = await queries
      .selectFrom('local_model')
      .select(['id', 'registry', 'name'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(100)
      .execute()
    if (models.length === 0) return
    const parts = models.flatMap(({ registry, name }) =>
      namePartsOf(name).map((part) => ({ registry, part, model_name: name })),
    )
    for (let start = 0; start < parts.length; start += 5000) {
      await queries
        .insertInto('local_name_part')
        .values(parts.slice(start, start + 5000))
        .execute()
    }
    last = models.at(-1)?.id ?? last
  }
}
