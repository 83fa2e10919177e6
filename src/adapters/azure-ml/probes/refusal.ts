import { RegistryError } from '../../../contract/index.ts'

const refusals: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT'])

/** What a probe finds when Azure does not take what it is sent. Everything else is no finding, and is thrown. */
export async function orRefusal<T>(write: Promise<T>): Promise<T | RegistryError> {
  try {
    return await write
  } catch (error) {
    if (RegistryError.is(error) && refusals.has(error.code)) return error
    throw error
  }
}
