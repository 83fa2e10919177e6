import { untilAborted } from '../../../timing/until-aborted.ts'
import { toTransportError } from '../../http/transport-error.ts'

/** Those who write to the same thing come one after the other here; the gateway keeps apart those of other processes. */
export class OneWriter {
  readonly #last = new Map<string, Promise<void>>()

  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const { promise: done, resolve: end } = Promise.withResolvers<void>()
    const last = before === undefined ? done : before.then(() => done)
    this.#last.set(key, last)
    // Not when this one is done: who leaves the line early has others before it still.
    last.then(() => {
      if (this.#last.get(key) === last) this.#last.delete(key)
    })
    try {
      if (before !== undefined) await waitFor(before, signal)
      return await work()
    } finally {
      end()
    }
  }
}

async function waitFor(before: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await untilAborted(before, signal)
  } catch (error) {
    throw toTransportError(error, signal, true)
  }
}
