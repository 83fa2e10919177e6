import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from './open-sqlite.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { sqliteCodeOf } from './sqlite-error.ts'
import type { SqliteAnswer, SqliteOutcome, SqliteStatement, SqliteThreadData } from './sqlite-statement.ts'

const { path, readOnly, begun } = workerData as SqliteThreadData
const database = openSqlite(path, readOnly)
const nothing: SqliteAnswer = { columns: [], rows: [], changes: 0, lastInsertRowid: 0 }
const prepared = new PreparedStatements(database)

parentPort?.on('message', (batch: readonly SqliteStatement[] | null) => {
  if (batch !== null) return parentPort?.postMessage(runBatch(batch))
  database.close()
  parentPort?.close()
})

/** As many as are not taken back meanwhile. */
function runBatch(batch: readonly SqliteStatement[]): SqliteOutcome[] {
  const outcomes: SqliteOutcome[] = []
  for (;;) {
    const statement = batch[Atomics.add(begun, 0, 1)]
    if (statement === undefined) return outcomes
    outcomes.push(run(statement))
  }
}

function run(statement: SqliteStatement): SqliteOutcome {
  try {
    return { answer: execute(statement) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { failure: { message, errcode: sqliteCodeOf(error) } }
  }
}

function execute({ sql, parameters, inTransaction }: SqliteStatement): SqliteAnswer {
  if (inTransaction && !database.isTransaction) {
    // A full disk and other failures make SQLite take it back by itself.
    if (sql === 'rollback') return nothing
    throw new Error('The transaction was taken back before.')
  }
  const statement = prepared.get(sql)
  const columns = statement.columns().map(({ name }) => name)
  if (columns.length === 0) return { ...nothing, ...statement.run(...parameters) }
  // With `setReturnArrays` rows are arrays, which the type does not know.
  const rows = statement.all(...parameters) as unknown as SqliteAnswer['rows']
  return { ...nothing, columns, rows }
}
