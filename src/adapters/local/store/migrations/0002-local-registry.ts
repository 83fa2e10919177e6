import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../../../state/column-types.ts'

export function createLocalRegistryMigration(types: ColumnTypes): Migration {
  return {
    async up(database) {
      await createModels(database, types)
      await createVersions(database, types)
      await createAliases(database, types)
      await createRuns(database, types)
    },
    async down(database) {
      for (const table of tables) await database.schema.dropTable(table).execute()
    },
  }
}

/** Those that refer to others first. */
const tables = [
  'local_run_param',
  'local_run_metric',
  'local_run',
  'local_alias',
  'local_version_tag',
  'local_version',
  'local_model_tag',
  'local_model',
]

async function createModels(database: Kysely<unknown>, { text, integer }: ColumnTypes) {
  await database.schema
    .createTable('local_model')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('registry', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('description', text)
    .addColumn('last_version', integer, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .addUniqueConstraint('local_model_name', ['registry', 'name'])
    .execute()
  await database.schema
    .createTable('local_model_tag')
    .addColumn('model_id', text, (column) =>
      column.notNull().references('local_model.id').onDelete('cascade'),
    )
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('local_model_tag_key', ['model_id', 'key'])
    .execute()
}

async function createVersions(database: Kysely<unknown>, { text, integer }: ColumnTypes) {
  await database.schema
    .createTable('local_version')
    .addColumn('model_id', text, (column) =>
      column.notNull().references('local_model.id').onDelete('cascade'),
    )
    .addColumn('number', integer, (column) => column.notNull())
    .addColumn('description', text)
    .addColumn('stage', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('status_message', text)
    .addColumn('source', text)
    .addColumn('artifact_uri', text)
    .addColumn('run_id', text)
    .addColumn('digest', text)
    .addColumn('size_bytes', integer)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .addColumn('created_by', text)
    .addPrimaryKeyConstraint('local_version_key', ['model_id', 'number'])
    .execute()
  await database.schema
    .createTable('local_version_tag')
    .addColumn('model_id', text, (column) => column.notNull())
    .addColumn('number', integer, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('local_version_tag_key', ['model_id', 'number', 'key'])
    .addForeignKeyConstraint(
      'local_version_tag_version',
      ['model_id', 'number'],
      'local_version',
      ['model_id', 'number'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
}

async function createAliases(database: Kysely<unknown>, { text, integer }: ColumnTypes) {
  await database.schema
    .createTable('local_alias')
    .addColumn('model_id', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('number', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('local_alias_key', ['model_id', 'name'])
    .addForeignKeyConstraint(
      'local_alias_version',
      ['model_id', 'number'],
      'local_version',
      ['model_id', 'number'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
  await database.schema
    .createIndex('local_alias_holder')
    .on('local_alias')
    .columns(['model_id', 'number'])
    .execute()
}

async function createRuns(database: Kysely<unknown>, { text, integer, double }: ColumnTypes) {
  await database.schema
    .createTable('local_run')
    .addColumn('registry', text, (column) => column.notNull())
    .addColumn('run_id', text, (column) => column.notNull())
    .addColumn('name', text)
    .addColumn('status', text)
    .addColumn('started_at', integer)
    .addColumn('ended_at', integer)
    .addPrimaryKeyConstraint('local_run_key', ['registry', 'run_id'])
    .execute()
  await createRunTable(database, 'local_run_metric', text)
    .addColumn('value', double)
    .addColumn('step', double)
    .execute()
  await createRunTable(database, 'local_run_param', text)
    .addColumn('value', text, (column) => column.notNull())
    .execute()
}

function createRunTable(database: Kysely<unknown>, table: string, text: ColumnTypes['text']) {
  return database.schema
    .createTable(table)
    .addColumn('registry', text, (column) => column.notNull())
    .addColumn('run_id', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addPrimaryKeyConstraint(`${table}_key`, ['registry', 'run_id', 'key'])
    .addForeignKeyConstraint(
      `${table}_run`,
      ['registry', 'run_id'],
      'local_run',
      ['registry', 'run_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
}
