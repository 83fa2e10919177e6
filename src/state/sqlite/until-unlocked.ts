import { setTimeout as wait } from 'node:timers/promises'
import { isLocked } from './sqlite-error.ts'

const longestPauseMs = 25

/**
 * Tries again while somebody else holds the file. It waits here and not in the database, whose thread would hold up
 * everybody, and where it could be carried out after all when nobody wants it any more.
 *
 * @param until by `performance.now()`. After that the lock is the error.
 */
export async function untilUnlocked<T>(until: number, attempt: () => Promise<T>): Promise<T> {
  for (let pause = 1; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isLocked(error) || performance.now() + pause > until) throw error
    }
    await wait(pause)
  }
}
