/** Settles with the work, or as soon as the signal fires; the work is left to itself then. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const left = Promise.withResolvers<never>()
  const leave = () => left.reject(signal.reason)
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([left.promise, work])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
