import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql'
import { tellError } from '../federation/errors/tell-error.ts'
import { internalError, internalMessage } from '../server/request-refusal.ts'

/** What a client is told of something that was thrown. Whatever is not known is not told at all. */
export function toClientError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const cause = causeOf(thrown)
  const told = tellError(cause)
  if (told) return { ...formatted, message: told.message, extensions: { ...told.facts } }
  if (!(cause instanceof GraphQLError)) return maskError(formatted)
  if (isParserOverflow(cause))
    return { ...formatted, message: 'Syntax Error: The document is nested too deeply.' }
  if (cause.extensions.code !== undefined) return formatted
  return isCallersFault(cause)
    ? { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } }
    : maskError(formatted)
}

/** What a resolver threw, of which an executor says where. */
export function causeOf(thrown: unknown): unknown {
  return thrown instanceof GraphQLError && thrown.path && thrown.originalError ? thrown.originalError : thrown
}

/** Whether {@link toClientError} hides what was thrown, so that only the log can tell it. */
export function isMasked(error: GraphQLFormattedError): boolean {
  return error.extensions?.code === internalError
}

export function nameRequest(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return isMasked(error) ? { ...error, message: internalMessage(requestId) } : error
}

function maskError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  return { ...formatted, message: 'Internal error', extensions: { code: internalError, retryable: false } }
}

/**
 * GraphQL's own errors that Apollo gives no code: about variables before any field ran, or about an argument, to
 * which the error then points. Those about what a resolver gave back point to the field.
 */
function isCallersFault(error: GraphQLError): boolean {
  const place = error.nodes?.[0]
  return place ? place.kind !== Kind.FIELD : error.path === undefined && error.originalError === undefined
}

/** The parser descends by recursion, and what it then meets is no syntax error but the end of the stack. */
function isParserOverflow(error: GraphQLError): boolean {
  return (
    error.originalError instanceof GraphQLError && error.originalError.originalError instanceof RangeError
  )
}
