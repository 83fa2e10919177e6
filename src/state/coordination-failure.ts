import { RegistryError } from '../contract/index.ts'
import { isDatabaseUnavailable, writeRefusal } from './database-failure.ts'

/** Without its database the gateway cannot keep writers apart, so nothing is written at all. */
export async function beforeAnyWrite<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    const reason = reasonOf(cause)
    if (reason === null) throw cause
    const message = `The gateway's own database ${reason}; nothing was written. Try again later.`
    throw new RegistryError('REGISTRY_UNAVAILABLE', message, { cause, nothingWritten: true })
  }
}

function reasonOf(cause: unknown): string | null {
  const refusal = writeRefusal(cause)
  if (refusal !== null) return `cannot write at present: ${refusal}`
  return isDatabaseUnavailable(cause) ? 'cannot be reached or is busy' : null
}
