import type { Adapter, Call } from '../../contract/index.ts'

/** An adapter that does not heed its signal is left behind. */
export function untilAborted<T>(
  adapter: Adapter,
  call: Call,
  run: (adapter: Adapter, call: Call) => Promise<T>,
): Promise<T> {
  const { signal } = call
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason)
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leave, { once: true })
    run(adapter, call)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave))
  })
}
