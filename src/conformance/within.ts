import type { Adapter } from '../contract/index.ts'

/** For one check, and for each step around them. */
export const defaultTimeoutMs = 60_000

/** Rejects when the work has not ended in time; what comes later is left behind. */
export async function within<T>(milliseconds: number, what: string, work: () => Promise<T> | T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} has not finished after ${milliseconds} ms`)),
      milliseconds,
    )
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
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
