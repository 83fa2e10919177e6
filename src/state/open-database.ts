import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, sql } from 'kysely'
import type { Logger } from '../contract/index.ts'
import { LocalBell } from './bell.ts'
import { postgresColumnTypes, sqliteColumnTypes } from './column-types.ts'
import type { GatewayDatabase } from './database.ts'
import { parseDatabaseUrl, toOpenError } from './database-url.ts'
import { migrateToLatest, type TableRooms } from './migrate.ts'
import { PostgresBell } from './postgres-bell.ts'
import { createPostgresDialect } from './postgres-dialect.ts'
import { prepareFoldCase } from './postgres-fold-case.ts'
import { postgresFunctions, sqliteFunctions } from './sql-functions.ts'
import { SqliteDialect } from './sqlite/sqlite-dialect.ts'
import { SqliteEngine } from './sqlite/sqlite-engine.ts'

export interface OpenDatabaseOptions {
  readonly log: Logger
  readonly rooms: TableRooms
  /** SQLite without its threads, which take time and memory, until {@link GatewayDatabase.serve} is called. */
  readonly startsInPlace?: boolean
}

/**
 * Opens `sqlite:./folder/file.db`, `sqlite::memory:` or `postgres://user:password@host:5432/name` and brings the
 * tables of all rooms up to date. An error says what is wrong and which setting to change, and never the password.
 */
export async function openDatabase(
  url: string,
  { log, rooms, startsInPlace = false }: OpenDatabaseOptions,
): Promise<GatewayDatabase> {
  const location = parseDatabaseUrl(url)
  let database: GatewayDatabase | null = null
  try {
    database =
      location.kind === 'sqlite' ? createSqlite(location.path, startsInPlace) : createPostgres(url, log)
    await assertUtf8(database)
    await migrateToLatest(database.queries, database.columnTypes, rooms)
    return await withFoldCase(database, log)
  } catch (error) {
    await database?.close()
    throw toOpenError(location, error)
  }
}

async function withFoldCase(database: GatewayDatabase, log: Logger): Promise<GatewayDatabase> {
  const { kind, queries, functions } = database
  if (kind === 'sqlite' || (await prepareFoldCase(queries, log))) return database
  return { ...database, functions: { ...functions, foldCase: null } }
}

/**
 * What would keep a gateway from starting with it, or null. Nothing is changed, so of SQLite, whose file is made by the
 * first start, there is nothing to be seen.
 */
export async function findDatabaseProblem(url: string, { log }: { log: Logger }): Promise<string | null> {
  const location = parseDatabaseUrl(url)
  if (location.kind === 'sqlite') return null
  const database = createPostgres(url, log)
  try {
    await assertUtf8(database)
    return null
  } catch (error) {
    return toOpenError(location, error).message
  } finally {
    await database.close()
  }
}

/** In another encoding PostgreSQL counts and compares something else than code points, or cannot keep a text at all. */
async function assertUtf8({ kind, queries }: GatewayDatabase): Promise<void> {
  if (kind !== 'postgres') return
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(queries)
  const encoding = rows[0]?.server_encoding
  if (encoding === 'UTF8') return
  const statement = `create database NAME encoding 'UTF8' template template0`
  throw new Error(`its encoding is ${encoding} and has to be UTF8 (${statement})`)
}

/** What has no deadline of its own waits so long for SQLite's write lock. */
const usualWaitMs = 5000
/** Time enough to say why, and too little to write anything. */
const lastMomentMs = 50

function createSqlite(path: string, startsInPlace: boolean): GatewayDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const engine = new SqliteEngine(path, startsInPlace)
  const open = (until: () => number) => new Kysely<unknown>({ dialect: new SqliteDialect(engine, until) })
  const queries = open(() => performance.now() + usualWaitMs)
  return {
    kind: 'sqlite',
    queries,
    queriesUntil(deadline) {
      const until = performance.now() + deadline - Date.now() - lastMomentMs
      return open(() => until)
    },
    functions: sqliteFunctions,
    columnTypes: sqliteColumnTypes,
    // Nothing can break off a statement of SQLite; it holds up nobody but those who wait to write.
    abortStrategy: 'ignore query',
    bell: new LocalBell(),
    serve: () => engine.serve(),
    close: once(async () => {
      await queries.destroy()
      await engine.close()
    }),
  }
}

function createPostgres(url: string, log: Logger): GatewayDatabase {
  const queries = new Kysely<unknown>({ dialect: createPostgresDialect(url, log) })
  const bell = new PostgresBell(url, queries, log)
  return {
    kind: 'postgres',
    queries,
    queriesUntil: () => queries,
    functions: postgresFunctions,
    columnTypes: postgresColumnTypes,
    abortStrategy: 'cancel query',
    bell,
    serve: async () => {},
    close: once(async () => {
      await bell.close()
      await queries.destroy()
    }),
  }
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null
  return () => (closing ??= close())
}
