import type { DatabaseSync, StatementSync } from 'node:sqlite'

const most = 200
/** Longer ones are hardly ever asked again. */
const longestSql = 40_200

/** Those used last are kept: to prepare one takes longer than to read a row. */
export class PreparedStatements {
  readonly #database: DatabaseSync
  readonly #kept = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  get(sql: string): StatementSync {
    const kept = this.#kept.get(sql)
    this.#kept.delete(sql)
    const statement = kept ?? this.#prepare(sql)
    if (sql.length <= longestSql) this.#kept.set(sql, statement)
    if (this.#kept.size > most) this.#kept.delete(this.#kept.keys().next().value ?? '')
    return statement
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }
}
