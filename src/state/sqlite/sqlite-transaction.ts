import type { SqliteAnswer, SqliteStatement } from './sqlite-statement.ts'
import type { SqliteThreads } from './sqlite-threads.ts'
import { untilUnlocked } from './until-unlocked.ts'

/** Has the thread that writes for itself until it is over. */
export class SqliteTransaction {
  readonly #writer: SqliteThreads
  readonly #until: number
  readonly #leave: () => void

  constructor(writer: SqliteThreads, until: number, leave: () => void) {
    this.#writer = writer
    this.#until = until
    this.#leave = leave
  }

  execute(statement: Omit<SqliteStatement, 'inTransaction'>): Promise<SqliteAnswer> {
    return this.#writer.execute({ ...statement, inTransaction: true })
  }

  async commit(): Promise<void> {
    await untilUnlocked(this.#until, () => this.execute({ sql: 'commit', parameters: [] }))
    this.#leave()
  }

  /** What led to it is the error that tells something, whatever becomes of this. */
  async rollback(): Promise<void> {
    await this.execute({ sql: 'rollback', parameters: [] }).catch(() => {})
    this.#leave()
  }
}
