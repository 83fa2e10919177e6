import { setTimeout as wait } from 'node:timers/promises'
import { RegistryError } from '../../contract/index.ts'

/** Lets a tenth of the reads be repeated, so that retries never multiply the load on a registry in trouble. */
export class Retries {
  #tokens = 3

  /** Once more when the registry could not be reached, unless it says when to come back. */
  tryTwice<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    if (this.#tokens < 10) this.#tokens = Math.min(10, this.#tokens + 0.1)
    return read().catch(async (error: unknown) => {
      const again =
        RegistryError.is(error) && error.code === 'REGISTRY_UNAVAILABLE' && error.retryAfterMs === null
      if (!again || signal.aborted || !this.#spend()) throw error
      await wait(Math.random() * 50, undefined, { signal })
      return read()
    })
  }

  #spend(): boolean {
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}
