import { RegistryError } from '../../contract/index.ts'
import { RegistryFailure } from '../registry-failure.ts'

/** For what comes before a write: however it fails, nothing was written. */
export async function writingNothing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof RegistryFailure) || error.error.nothingWritten) throw error
    const { code, message, retryable, retryAfterMs, current } = error.error
    const options = { retryable, retryAfterMs, current, cause: error.error, nothingWritten: true }
    throw new RegistryFailure(error.registry, new RegistryError(code, message, options))
  }
}
