import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { foldCase } from '../../contract/index.ts'

/** While it is opened nobody else waits in this thread: others may be setting up the same file. */
const openingTimeoutMs = 5000

/** By the clock that all processes of a machine share and nobody sets: one file is used on one machine only. */
function steadyMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n)
}

function foldText(text: SQLOutputValue): string | null {
  return typeof text === 'string' ? foldCase(text) : null
}

/**
 * One connection. It waits for no lock: who asks decides how long to try again, and may leave meanwhile.
 */
export function openSqlite(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: openingTimeoutMs })
  try {
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    database.exec('pragma foreign_keys = on')
    if (readOnly) database.exec('pragma query_only = on')
    else {
      // What a page of a sync changes stays in memory until its commit; with the usual 2 MB it is written several times.
      database.exec('pragma cache_size = -32768')
      // And what many pages of it change goes from the log into the file once, not with each: 32 MB instead of 4.
      database.exec('pragma wal_autocheckpoint = 8000')
    }
    database.exec('pragma busy_timeout = 0')
    database.function('steady_ms', steadyMs)
    database.function('fold_case', { deterministic: true }, foldText)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
