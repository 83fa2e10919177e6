import { RegistryError } from './error.ts'

/**
 * What is left of a write whose first request was done: an error of it says no more that nothing was written.
 *
 * @throws RegistryError the same, with `nothingWritten: false`.
 */
export async function afterFirstWrite<T>(rest: Promise<T>): Promise<T> {
  try {
    return await rest
  } catch (error) {
    if (!RegistryError.is(error)) throw error
    const { code, message, retryable, retryAfterMs, current } = error
    throw new RegistryError(code, message, {
      retryable,
      retryAfterMs,
      current,
      nothingWritten: false,
      cause: error,
    })
  }
}
