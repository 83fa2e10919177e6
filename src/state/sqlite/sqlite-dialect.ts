import {
  type DatabaseIntrospector,
  type Dialect,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { SqliteDriver } from './sqlite-driver.ts'
import type { SqliteEngine } from './sqlite-engine.ts'

/** Kysely's SQL for SQLite, carried out by the threads of an engine. */
export class SqliteDialect implements Dialect {
  readonly #engine: SqliteEngine
  readonly #until: () => number

  constructor(engine: SqliteEngine, until: () => number) {
    this.#engine = engine
    this.#until = until
  }

  createDriver(): SqliteDriver {
    return new SqliteDriver(this.#engine, this.#until)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new EngineAdapter()
  }

  createIntrospector(database: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(database)
  }
}

class EngineAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }

  /** SQLite does have it; with it two processes cannot both run a migration. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
