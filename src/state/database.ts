import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Dialect, type InflightQueryAbortStrategy, Kysely } from 'kysely'
import type { Logger } from '../contract/index.ts'
import { type ColumnTypes, postgresColumnTypes, sqliteColumnTypes } from './column-types.ts'
import { parseDatabaseUrl, toOpenError } from './database-url.ts'
import { migrateToLatest } from './migrate.ts'
import { createPostgresDialect } from './postgres-dialect.ts'
import { postgresFunctions, type SqlFunctions, sqliteFunctions } from './sql-functions.ts'
import { NodeSqliteDialect } from './sqlite-dialect.ts'
import type { GatewayTables } from './tables.ts'

/** The gateway's own database: the same tables and queries on SQLite and on PostgreSQL. */
export interface GatewayDatabase {
  readonly kind: 'sqlite' | 'postgres'
  readonly queries: Kysely<GatewayTables>
  readonly functions: SqlFunctions
  readonly columnTypes: ColumnTypes
  /** What becomes of a statement whose caller has gone. */
  readonly abortStrategy: InflightQueryAbortStrategy
  /** Idempotent. Waits for the statements that are under way. */
  close(): Promise<void>
}

/**
 * Opens `sqlite:./folder/file.db`, `sqlite::memory:` or `postgres://user:password@host:5432/name` and brings its
 * tables up to date. An error says what is wrong and which setting to change, and never the password.
 */
export async function openDatabase(url: string, { log }: { log: Logger }): Promise<GatewayDatabase> {
  const location = parseDatabaseUrl(url)
  let database: GatewayDatabase | null = null
  try {
    database = location.kind === 'sqlite' ? createSqlite(location.path) : createPostgres(url, log)
    await migrateToLatest(database.queries, database.columnTypes)
    return database
  } catch (error) {
    await database?.close()
    throw toOpenError(location, error)
  }
}

function createSqlite(path: string): GatewayDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return createDatabase(new NodeSqliteDialect(path), {
    kind: 'sqlite',
    functions: sqliteFunctions,
    columnTypes: sqliteColumnTypes,
    // A statement on SQLite is over before anybody could go.
    abortStrategy: 'ignore query',
  })
}

function createPostgres(url: string, log: Logger): GatewayDatabase {
  return createDatabase(createPostgresDialect(url, log), {
    kind: 'postgres',
    functions: postgresFunctions,
    columnTypes: postgresColumnTypes,
    abortStrategy: 'cancel query',
  })
}

function createDatabase(
  dialect: Dialect,
  properties: Omit<GatewayDatabase, 'queries' | 'close'>,
): GatewayDatabase {
  const queries = new Kysely<GatewayTables>({ dialect })
  let closing: Promise<void> | null = null
  return {
    ...properties,
    queries,
    close() {
      closing ??= queries.destroy()
      return closing
    },
  }
}
