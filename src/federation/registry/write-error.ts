import { RegistryError } from '../../contract/index.ts'

/**
 * Says of a write whose outcome is not known that it is not: trying it again blindly might do it twice.
 *
 * @param signal what broke it off has better words for it than the adapter, which knows how far it came.
 */
export function toWriteError(error: RegistryError, begun: boolean, signal: AbortSignal): RegistryError {
  const { reason } = signal
  const isBrokenOff = signal.aborted && error.code === 'REGISTRY_TIMEOUT' && RegistryError.is(reason)
  const { code, message } = isBrokenOff ? reason : error
  const { retryAfterMs } = error
  const cause = error.cause ?? error
  if (error.nothingWritten && !isBrokenOff) return error
  if (error.nothingWritten || !begun) {
    return new RegistryError(code, message, { retryAfterMs, cause, nothingWritten: true })
  }
  const advice = 'Whether it was written is not known.'
  return new RegistryError(code, `${message} ${advice}`, { retryable: false, retryAfterMs, cause })
}
