import type { GraphQLError } from 'graphql'
import type { Logger, RegistryErrorCode } from '../../contract/index.ts'
import { RegistryFailure } from '../../federation/errors/registry-failure.ts'
import { causeOf, isMasked, toClientError } from '../errors.ts'
import { type Failure, toKeys } from './failure.ts'

interface Failed {
  readonly path: readonly (string | number)[]
  readonly cause: unknown
}

/** What a client asked for and is told; whoever reads the log can do nothing about it. */
const callersFaults: ReadonlySet<RegistryErrorCode> = new Set([
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'BAD_USER_INPUT',
  'UNSUPPORTED',
])

/** What an executor tells of itself, as it failed where null is not allowed, or before any field. */
export function toFailed(error: GraphQLError): Failed {
  return { path: error.path ?? [], cause: causeOf(error) }
}

/** What clients are not told, and once for each registry what it failed alike. */
export function logFailures(errors: readonly (Failed | Failure)[], requestId: string, log: Logger): void {
  const failures = new Set<string>()
  for (const { path, cause } of errors) {
    if (cause instanceof RegistryFailure) {
      const key = `${cause.registry} ${cause.code}`
      if (failures.has(key)) continue
      failures.add(key)
      const level = callersFaults.has(cause.code) ? 'debug' : 'warn'
      log[level]({ requestId, registry: cause.registry, err: cause.error }, 'a registry failed a request')
    } else if (isMasked(toClientError({ message: '' }, cause))) {
      log.error({ requestId, path: 'length' in path ? path : toKeys(path), err: cause }, 'a resolver failed')
    }
  }
}
