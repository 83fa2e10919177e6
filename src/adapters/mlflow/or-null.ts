import { RegistryError } from '../../contract/index.ts'

/** A read of something that is not there gives null. */
export async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (RegistryError.is(error) && error.code === 'NOT_FOUND') return null
    throw error
  }
}
