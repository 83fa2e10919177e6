import { RegistryError } from '../contract/index.ts'
import { isDatabaseUnavailable } from './database-failure.ts'

/** Without its database the gateway cannot keep writers apart, so nothing is written at all. */
export async function beforeAnyWrite<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (!isDatabaseUnavailable(cause)) throw cause
    const message = "The gateway's own database cannot be reached or is busy; nothing was written."
    throw new RegistryError('REGISTRY_UNAVAILABLE', message, { cause, nothingWritten: true })
  }
}
