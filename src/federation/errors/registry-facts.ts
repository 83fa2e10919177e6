import type { RegistryError } from '../../contract/index.ts'
import type { ErrorFacts } from './federation-error.ts'

/** `registry`: null where it is none of theirs that failed. */
export function registryFacts(error: RegistryError, registry: string | null): ErrorFacts {
  return {
    code: error.code,
    ...(registry === null ? {} : { registry }),
    retryable: error.retryable,
    ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.code === 'CONFLICT' ? { current: error.current } : {}),
  }
}
