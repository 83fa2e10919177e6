import { RegistryError } from '../../../contract/index.ts'
import { PermissionDenied } from './errors.ts'

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

/** What is hidden is as good as not there: of a name that does not exist MLflow may say the same. */
export async function visibleOrNull<T>(read: Promise<T>, refusable = false): Promise<T | null> {
  const found = await whereVisible(read, refusable)
  return found === 'hidden' ? null : found
}

export async function whereVisible<T>(read: Promise<T>, refusable = false): Promise<T | null | 'hidden'> {
  try {
    return await orNull(read, refusable)
  } catch (error) {
    if (error instanceof PermissionDenied) return 'hidden'
    throw error
  }
}
