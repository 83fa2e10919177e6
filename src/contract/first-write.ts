import { RegistryError } from './error.ts'

/**
 * For what is asked before a write: however it fails, nothing was written.
 *
 * @throws RegistryError the same, with `nothingWritten: true`.
 */
export function beforeFirstWrite<T>(look: Promise<T>): Promise<T> {
  return restated(look, true)
}

/**
 * For the rest of a write whose first request was done: whatever becomes of it, something is written.
 *
 * @throws RegistryError the same, with `nothingWritten: false`.
 */
export function afterFirstWrite<T>(rest: Promise<T>): Promise<T> {
  return restated(rest, false)
}

async function restated<T>(work: Promise<T>, nothingWritten: boolean): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!RegistryError.is(error) || error.nothingWritten === nothingWritten) throw error
    const { code, message, retryable, retryAfterMs, current } = error
    const options = { retryable, retryAfterMs, current, nothingWritten, cause: error }
    throw new RegistryError(code, message, options)
  }
}
