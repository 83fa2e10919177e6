import { DatabaseSync } from 'node:sqlite'

/** While it is opened nobody else waits in this thread: others may be setting up the same file. */
const openingTimeoutMs = 5000

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
    database.exec('pragma busy_timeout = 0')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
