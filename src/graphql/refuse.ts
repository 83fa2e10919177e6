import { GraphQLError } from 'graphql'

/** For a request that is refused as a whole, before anything runs. */
export function refuse(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, retryable: false, http: { status: 400 } } })
}
