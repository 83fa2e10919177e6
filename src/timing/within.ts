import { setTimeout as wait } from 'node:timers/promises'

/** What comes later is left behind. */
export async function within<T>(milliseconds: number, work: () => Promise<T>, late: () => Error): Promise<T> {
  const done = new AbortController()
  const limit = wait(milliseconds, null, { signal: done.signal }).then(() => {
    throw late()
  })
  try {
    return await Promise.race([work(), limit])
  } finally {
    done.abort()
    limit.catch(() => null)
  }
}
