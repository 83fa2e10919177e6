import { RegistryFailure, restate } from './registry-failure.ts'

/** For what comes before a write: however it fails, nothing was written. */
export async function writingNothing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw nothingWritten(error)
  }
}

/** The same failure, of what came before a write. */
export function nothingWritten(error: unknown): unknown {
  const isSaid = !(error instanceof RegistryFailure) || error.nothingWritten
  return isSaid ? error : restate(error, { nothingWritten: true })
}
