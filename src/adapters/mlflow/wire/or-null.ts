import { RegistryError } from '../../../contract/index.ts'
import { PermissionDenied } from './errors.ts'

/** A read of something that is not there gives null. `refusable`: so does one that the server may refuse by its name. */
export function orNull<T>(read: Promise<T>, refusable = false): Promise<T | null> {
  return read.catch((error: unknown) => {
    if (isAbsent(error, refusable)) return null
    throw error
  })
}

/** What is hidden is as good as not there: of a name that does not exist MLflow may say the same. */
export function visibleOrNull<T>(read: Promise<T>, refusable = false): Promise<T | null> {
  return read.catch((error: unknown) => {
    if (isAbsent(error, refusable) || error instanceof PermissionDenied) return null
    throw error
  })
}

export function whereVisible<T>(read: Promise<T>, refusable = false): Promise<T | null | 'hidden'> {
  return read.catch((error: unknown) => {
    if (isAbsent(error, refusable)) return null
    if (error instanceof PermissionDenied) return 'hidden'
    throw error
  })
}

function isAbsent(error: unknown, refusable: boolean): boolean {
  if (!RegistryError.is(error)) return false
  return error.code === 'NOT_FOUND' || (refusable && error.code === 'BAD_USER_INPUT')
}
