import { tellError } from './tell-error.ts'

/** Whether it is certain that a write which failed so has left no trace. */
export function isNothingWritten(error: unknown): boolean {
  return tellError(error)?.nothingWritten ?? false
}
