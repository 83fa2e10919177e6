import { FederationError } from '../federation/errors/federation-error.ts'

const longestChain = 5

/**
 * For the log. A stack says where in the code an error came up, which helps with a mistake in the code. A registry that
 * refuses the connection is none, and neither is anything else from outside that has a code: there the chain of
 * messages says more.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const { name: type, message, stack, cause } = error
  const more = cause !== undefined && depth < longestChain && { cause: describeError(cause, depth + 1) }
  const isFromOutside = 'code' in error && !(error instanceof FederationError)
  if (isFromOutside) return { type, code: error.code, message, ...more }
  return { type, message, stack, ...more }
}
