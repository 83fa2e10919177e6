import { RegistryError } from '../../contract/index.ts'

/** A read of something that is not there gives null. `refusable`: so does one that the server may refuse by its name. */
export async function orNull<T>(read: Promise<T>, refusable = false): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    const isAbsent = RegistryError.is(error) && error.code === 'NOT_FOUND'
    const isRefused = refusable && RegistryError.is(error) && error.code === 'BAD_USER_INPUT'
    if (isAbsent || isRefused) return null
    throw error
  }
}
