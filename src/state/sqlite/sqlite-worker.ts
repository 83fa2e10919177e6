import { parentPort, workerData } from 'node:worker_threads'
import { ConnectionRunner } from './connection-runner.ts'
import type { SqliteOutcome, SqliteStatement, SqliteThreadData } from './sqlite-statement.ts'

const { path, readOnly, begun } = workerData as SqliteThreadData
const runner = new ConnectionRunner(path, readOnly)

parentPort?.on('message', (batch: readonly SqliteStatement[] | null) => {
  if (batch !== null) return parentPort?.postMessage(runBatch(batch))
  runner.close()
  parentPort?.close()
})

/** As many as are not taken back meanwhile. */
function runBatch(batch: readonly SqliteStatement[]): SqliteOutcome[] {
  const outcomes: SqliteOutcome[] = []
  for (;;) {
    const statement = batch[Atomics.add(begun, 0, 1)]
    if (statement === undefined) return outcomes
    outcomes.push(runner.run(statement))
  }
}
