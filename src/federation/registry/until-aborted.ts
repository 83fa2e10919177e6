import type { Adapter, Call } from '../../contract/index.ts'

/** An adapter that does not heed its signal is left behind, when it has had `graceMs` to say how far it came. */
export function untilAborted<T>(
  adapter: Adapter,
  call: Call,
  run: (adapter: Adapter, call: Call) => Promise<T>,
  graceMs = 0,
): Promise<T> {
  const { signal } = call
  return new Promise<T>((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined
    const leave = () => reject(signal.reason)
    const leaveSoon = () => {
      if (graceMs === 0) leave()
      else grace = setTimeout(leave, graceMs)
    }
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leaveSoon, { once: true })
    run(adapter, call)
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', leaveSoon)
        clearTimeout(grace)
      })
  })
}
