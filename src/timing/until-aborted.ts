/**
 * What is pending goes on without the one who has stopped waiting for it.
 *
 * @param graceMs how long it has, from then on, to say how far it came.
 */
export function untilAborted<T>(pending: Promise<T>, signal: AbortSignal, graceMs = 0): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  let grace: NodeJS.Timeout | undefined
  const leave = () => reject(signal.reason)
  const leaveSoon = () => {
    if (graceMs === 0) leave()
    else grace = setTimeout(leave, graceMs)
  }
  if (signal.aborted) leaveSoon()
  signal.addEventListener('abort', leaveSoon, { once: true })
  const settle = () => {
    signal.removeEventListener('abort', leaveSoon)
    if (grace !== undefined) clearTimeout(grace)
  }
  pending.then(
    (value) => {
      settle()
      resolve(value)
    },
    (error: unknown) => {
      settle()
      reject(error)
    },
  )
  return promise
}
