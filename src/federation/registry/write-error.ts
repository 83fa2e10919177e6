import { RegistryError } from '../../contract/index.ts'

/** Says of a write whose outcome is not known that it is not: trying it again blindly might do it twice. */
export function toWriteError(error: RegistryError, begun: boolean): RegistryError {
  if (error.nothingWritten) return error
  const { code, message, retryAfterMs } = error
  const cause = error.cause ?? error
  if (!begun) return new RegistryError(code, message, { retryAfterMs, cause, nothingWritten: true })
  const advice = 'Whether it was written is not known.'
  return new RegistryError(code, `${message} ${advice}`, { retryable: false, retryAfterMs, cause })
}
