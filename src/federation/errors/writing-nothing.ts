import { RegistryFailure, restate } from './registry-failure.ts'

/** For what comes before a write: however it fails, nothing was written. */
export async function writingNothing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof RegistryFailure) || error.nothingWritten) throw error
    throw restate(error, { nothingWritten: true })
  }
}
