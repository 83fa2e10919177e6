import type { SQLInputValue } from 'node:sqlite'
import {
  type AbortableOperationOptions,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
} from 'kysely'
import type { SqliteEngine } from './sqlite-engine.ts'
import type { SqliteAnswer } from './sqlite-statement.ts'
import type { SqliteTransaction } from './sqlite-transaction.ts'

export class SqliteDriver implements Driver {
  readonly #engine: SqliteEngine
  readonly #until: () => number

  /** @param until how long what begins now waits for its turn and for locks, by `performance.now()`. */
  constructor(engine: SqliteEngine, until: () => number) {
    this.#engine = engine
    this.#until = until
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#engine, this.#until)
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    connection.transaction = await this.#engine.begin(this.#until())
  }

  async commitTransaction({ transaction }: SqliteConnection): Promise<void> {
    await transaction?.commit()
  }

  async rollbackTransaction({ transaction }: SqliteConnection): Promise<void> {
    await transaction?.rollback()
  }

  async releaseConnection(): Promise<void> {}

  /** The engine is closed by who opened it, as other drivers use it too. */
  async destroy(): Promise<void> {}
}

/** As long as a statement or a transaction: there is nothing to keep. */
class SqliteConnection implements DatabaseConnection {
  transaction: SqliteTransaction | null = null
  readonly #engine: SqliteEngine
  readonly #until: () => number

  constructor(engine: SqliteEngine, until: () => number) {
    this.#engine = engine
    this.#until = until
  }

  async executeQuery<Row>(
    query: CompiledQuery,
    { signal }: AbortableOperationOptions = {},
  ): Promise<QueryResult<Row>> {
    try {
      return toResult<Row>(await this.#execute(query, signal))
    } catch (error) {
      // Who asked has been told why, and Kysely would print what nobody waits for any more.
      if (signal?.aborted) return { rows: [] }
      throw error
    }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query)
  }

  #execute({ sql, parameters, query }: CompiledQuery, signal?: AbortSignal): Promise<SqliteAnswer> {
    const statement = { sql, parameters: parameters.map(toSqliteValue) }
    if (this.transaction !== null) return this.transaction.execute(statement)
    return SelectQueryNode.is(query)
      ? this.#engine.read(statement, this.#until(), signal)
      : this.#engine.write(statement, this.#until(), signal)
  }
}

function toResult<Row>({ columns, rows, changes, lastInsertRowid }: SqliteAnswer): QueryResult<Row> {
  if (columns.length === 0) {
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }
  return { rows: rows.map((values) => toRow(columns, values) as Row) }
}

function toRow(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < columns.length; index++) row[columns[index] ?? ''] = values[index]
  return row
}

/** `node:sqlite` takes any other object for named parameters and shifts the rest, without an error. */
function toSqliteValue(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (
    value === null ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'string' ||
    value instanceof Uint8Array
  ) {
    return value
  }
  throw new TypeError(`SQLite cannot take a ${Object.prototype.toString.call(value)} as a parameter.`)
}
