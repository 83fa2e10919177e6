import type { SqliteAnswer, SqliteStatement, StatementTaker } from './sqlite-statement.ts'
import { untilUnlocked } from './until-unlocked.ts'

/** Has the connection that writes for itself until it is over. */
export class SqliteTransaction {
  readonly #writer: StatementTaker
  readonly #until: number
  readonly #leave: () => void

  constructor(writer: StatementTaker, until: number, leave: () => void) {
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
