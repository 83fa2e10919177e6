import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createCatalogMigration(types: ColumnTypes): Migration {
  return {
    async up(database) {
      await createRegistries(database, types)
      await createModels(database, types)
      await createVersions(database, types)
      await createRuns(database, types)
    },
    async down(database) {
      for (const view of views) await database.schema.dropView(view).execute()
      for (const table of tables) await database.schema.dropTable(table).execute()
    },
  }
}

const views = ['catalog_run_param', 'catalog_version_tag']

const tables = [
  'catalog_run_pair',
  'catalog_run_metric',
  'catalog_run',
  'catalog_version_pair',
  'catalog_pair',
  'catalog_version',
  'catalog_alias',
  'catalog_model_tag',
  'catalog_model',
  'catalog_touch',
  'catalog_registry',
]

type Database = Kysely<unknown>

async function createRegistries(database: Database, { text, integer, rowId }: ColumnTypes): Promise<void> {
  await database.schema
    .createTable('catalog_registry')
    .addColumn('id', rowId, (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull().unique())
    .addColumn('touch', integer, (column) => column.notNull())
    .addColumn('timeless', integer, (column) => column.notNull())
    .addColumn('syncer', text)
    .addColumn('phase', text)
    .addColumn('place', text)
    .addColumn('taken', integer, (column) => column.notNull())
    .addColumn('sweep_started_at', integer)
    .addColumn('known_since', integer)
    .addColumn('swept_at', integer)
    .addColumn('swept_until', integer)
    .addColumn('checked_at', integer)
    .addColumn('watermark', integer)
    .addColumn('feed', text)
    .addColumn('failed_at', integer)
    .addColumn('problem', text)
    .execute()
  await database.schema
    .createTable('catalog_touch')
    .addColumn('registry_id', integer, (column) => column.notNull())
    .addColumn('model', text, (column) => column.notNull())
    .addColumn('touch', integer, (column) => column.notNull())
    .addColumn('dirty', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalog_touch_key', ['registry_id', 'model'])
    .execute()
}

async function createModels(database: Database, types: ColumnTypes): Promise<void> {
  const { text, integer, rowId, withoutRowId } = types
  await database.schema
    .createTable('catalog_model')
    .addColumn('id', rowId, (column) => column.primaryKey())
    .addColumn('registry_id', integer, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('description', text)
    .addColumn('archived', integer, (column) => column.notNull())
    .addColumn('created_at', integer)
    .addColumn('updated_at', integer)
    .addColumn('looked_at', integer, (column) => column.notNull())
    .execute()
  await createIndex(database, 'catalog_model', 'name', ['registry_id', 'name'], true)
  await createIndex(database, 'catalog_model', 'created', ['registry_id', 'created_at'])
  await createIndex(database, 'catalog_model', 'updated', ['registry_id', 'updated_at'])
  await createModelTags(database, types)
  await database.schema
    .createTable('catalog_alias')
    .addColumn('model_id', integer, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('version', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalog_alias_key', ['model_id', 'name'])
    .modifyEnd(withoutRowId)
    .execute()
  await createIndex(database, 'catalog_alias', 'name', ['name', 'model_id'])
}

async function createVersions(database: Database, types: ColumnTypes): Promise<void> {
  const { text, integer, rowId } = types
  await database.schema
    .createTable('catalog_version')
    .addColumn('id', rowId, (column) => column.primaryKey())
    .addColumn('registry_id', integer, (column) => column.notNull())
    .addColumn('model_id', integer, (column) => column.notNull())
    .addColumn('version', text, (column) => column.notNull())
    .addColumn('place', text, (column) => column.notNull())
    .addColumn('description', text)
    .addColumn('stage', text)
    .addColumn('archived', integer, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('status_message', text)
    .addColumn('source', text)
    .addColumn('artifact_uri', text)
    .addColumn('run_id', text)
    .addColumn('digest', text)
    .addColumn('size_bytes', integer)
    .addColumn('created_at', integer)
    .addColumn('updated_at', integer)
    .addColumn('created_by', text)
    .addColumn('looked_at', integer, (column) => column.notNull())
    .execute()
  await createIndex(database, 'catalog_version', 'place', ['model_id', 'place'], true)
  await createIndex(database, 'catalog_version', 'created', ['registry_id', 'created_at'])
  await createIndex(database, 'catalog_version', 'updated', ['registry_id', 'updated_at'])
  await createIndex(database, 'catalog_version', 'run', ['registry_id', 'run_id'])
  await createPairs(database, types)
  await createLinks(database, types, {
    table: 'catalog_version_pair',
    owner: 'version_id',
    view: 'catalog_version_tag',
  })
}

async function createRuns(database: Database, types: ColumnTypes): Promise<void> {
  const { text, integer, double, rowId, withoutRowId } = types
  await database.schema
    .createTable('catalog_run')
    .addColumn('id', rowId, (column) => column.primaryKey())
    .addColumn('registry_id', integer, (column) => column.notNull())
    .addColumn('run_id', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('name', text)
    .addColumn('status', text)
    .addColumn('started_at', integer)
    .addColumn('ended_at', integer)
    .addColumn('url', text)
    .addColumn('files_only', integer, (column) => column.notNull())
    .addColumn('looked_at', integer, (column) => column.notNull())
    .execute()
  await createIndex(database, 'catalog_run', 'id', ['registry_id', 'run_id'], true)
  await createLinks(database, types, { table: 'catalog_run_pair', owner: 'run', view: 'catalog_run_param' })
  await database.schema
    .createTable('catalog_run_metric')
    .addColumn('run', integer, (column) => column.notNull())
    .addColumn('registry_id', integer, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('value', double)
    .addColumn('step', integer)
    .addPrimaryKeyConstraint('catalog_run_metric_key', ['run', 'key'])
    .modifyEnd(withoutRowId)
    .execute()
  await createIndex(database, 'catalog_run_metric', 'value', ['registry_id', 'key', 'value', 'run'])
}

async function createModelTags(
  database: Database,
  { text, integer, withoutRowId }: ColumnTypes,
): Promise<void> {
  await database.schema
    .createTable('catalog_model_tag')
    .addColumn('model_id', integer, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalog_model_tag_key', ['model_id', 'key'])
    .modifyEnd(withoutRowId)
    .execute()
  await createValueIndex(database, 'catalog_model_tag', ['key'], ['model_id'])
}

/** A key and a value, once in a registry, whatever has them: of tags and params hardly any is another's alone. */
async function createPairs(database: Database, { text, integer, rowId }: ColumnTypes): Promise<void> {
  await database.schema
    .createTable('catalog_pair')
    .addColumn('id', rowId, (column) => column.primaryKey())
    .addColumn('registry_id', integer, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .execute()
  await createValueIndex(database, 'catalog_pair', ['registry_id', 'key'], [])
}

/** What has which pairs, and a view that shows it as if each had its own. */
async function createLinks(
  database: Database,
  { integer, withoutRowId }: ColumnTypes,
  { table, owner, view }: { readonly table: string; readonly owner: string; readonly view: string },
): Promise<void> {
  await database.schema
    .createTable(table)
    .addColumn(owner, integer, (column) => column.notNull())
    .addColumn('pair_id', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint(`${table}_key`, [owner, 'pair_id'] as never)
    .modifyEnd(withoutRowId)
    .execute()
  await createIndex(database, table, 'pair', ['pair_id', owner])
  await sql`create view ${sql.table(view)} as
    select l.${sql.id(owner)}, p.registry_id, p.key, p.value
    from ${sql.table(table)} as l join catalog_pair as p on p.id = l.pair_id`.execute(database)
}

/** Values may be longer than an index takes: it has their beginnings. */
async function createValueIndex(
  database: Database,
  table: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const columns = [
    ...before.map((column) => sql.id(column)),
    sql`substr(value, 1, 64)`,
    ...after.map((column) => sql.id(column)),
  ]
  await sql`create index ${sql.id(`${table}_value`)} on ${sql.table(table)} (${sql.join(columns)})`.execute(
    database,
  )
}

async function createIndex(
  database: Database,
  table: string,
  name: string,
  columns: readonly string[],
  isUnique = false,
): Promise<void> {
  const index = database.schema
    .createIndex(`${table}_${name}`)
    .on(table)
    .columns([...columns])
  await (isUnique ? index.unique() : index).execute()
}
