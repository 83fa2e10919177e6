import { RegistryError } from '../../contract/index.ts'
import { InputError } from './input-error.ts'
import { RegistryFailure } from './registry-failure.ts'

/** Whether it is certain that a write which failed so has left no trace. */
export function isNothingWritten(error: unknown): boolean {
  if (error instanceof RegistryFailure) return error.error.nothingWritten
  return error instanceof InputError || (RegistryError.is(error) && error.nothingWritten)
}
