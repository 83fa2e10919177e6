import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'

interface LockOptions {
  /** Told once, when another process holds the lock. */
  onWait?: () => void
  pollMs?: number
}

/**
 * Runs `work` while no other process on this machine holds the same lock. An exclusive SQLite transaction is
 * a lock of the operating system: it goes away with its holder, so a killed run leaves nothing stale behind.
 */
export const withMachineLock = async <T>(
  path: string,
  work: () => Promise<T>,
  { onWait, pollMs = 250 }: LockOptions = {},
): Promise<T> => {
  await mkdir(dirname(path), { recursive: true })
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    if (!tryLock(database)) {
      onWait?.()
      do await wait(pollMs)
      while (!tryLock(database))
    }
    return await work()
  } finally {
    database.close()
  }
}

const sqliteBusy = 5

const tryLock = (database: DatabaseSync): boolean => {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return false
    throw error
  }
}
