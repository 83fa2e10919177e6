import type { DatabaseSync } from 'node:sqlite'
import { openSqlite } from './open-sqlite.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { sqliteCodeOf } from './sqlite-error.ts'
import type { SqliteAnswer, SqliteOutcome, SqliteStatement } from './sqlite-statement.ts'

const nothing: SqliteAnswer = { columns: [], rows: [], changes: 0, lastInsertRowid: 0 }

/** Carries statements out on a connection of its own, in the thread that calls it. */
export class ConnectionRunner {
  readonly #database: DatabaseSync
  readonly #prepared: PreparedStatements

  constructor(path: string, readOnly: boolean) {
    this.#database = openSqlite(path, readOnly)
    this.#prepared = new PreparedStatements(this.#database)
  }

  run(statement: SqliteStatement): SqliteOutcome {
    try {
      return { answer: this.#execute(statement) }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { failure: { message, errcode: sqliteCodeOf(error) } }
    }
  }

  close(): void {
    this.#database.close()
  }

  #execute({ sql, parameters, inTransaction }: SqliteStatement): SqliteAnswer {
    if (inTransaction && !this.#database.isTransaction) {
      // A full disk and other failures make SQLite take it back by itself.
      if (sql === 'rollback') return nothing
      throw new Error('The transaction was taken back before.')
    }
    const statement = this.#prepared.get(sql)
    const columns = statement.columns().map(({ name }) => name)
    if (columns.length === 0) return { ...nothing, ...statement.run(...parameters) }
    // With `setReturnArrays` rows are arrays, which the type does not know.
    const rows = statement.all(...parameters) as unknown as SqliteAnswer['rows']
    return { ...nothing, columns, rows }
  }
}
