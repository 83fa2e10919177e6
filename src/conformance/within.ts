import type { Adapter } from '../contract/index.ts'
import { within as withinTime } from '../timing/within.ts'

/** For one check, and for each step around them. */
export const defaultTimeoutMs = 60_000

/** Rejects when the work has not ended in time; what comes later is left behind. */
export function within<T>(milliseconds: number, what: string, work: () => Promise<T> | T): Promise<T> {
  return withinTime(
    milliseconds,
    async () => work(),
    () => new Error(`${what} has not finished after ${milliseconds} ms`),
  )
}

export async function connectWithin(
  milliseconds: number,
  connect: () => Promise<Adapter> | Adapter,
): Promise<Adapter> {
  const connecting = (async () => connect())()
  try {
    return await within(milliseconds, 'connect', () => connecting)
  } catch (error) {
    // One that comes too late may hold connections. That it is late is told already, and worse than how it closes.
    connecting.then((adapter) => adapter.close()).catch(() => null)
    throw error
  }
}
