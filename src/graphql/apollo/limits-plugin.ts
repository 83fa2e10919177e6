import type { ApolloServerPlugin, BaseContext } from '@apollo/server'
import { parse } from 'graphql'
import { assertAffordable } from '../assert-affordable.ts'
import { isRepetitive } from '../is-repetitive.ts'
import type { Limits } from '../limits.ts'
import { refuse } from '../refuse.ts'

/** What is looked at instead of a document that is refused, as nothing may be thrown before its operation is known. */
const repetitive = parse('{ __typename }')

/** The limits that need the document, and its variables. */
export function limitsPlugin(
  limits: Limits,
  listSizes: ReadonlyMap<string, number>,
): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async validationDidStart(requestContext) {
          if (!isRepetitive(requestContext.document, limits.repetition)) return
          Object.assign(requestContext, { document: repetitive })
        },
        async didResolveOperation({ schema, document, operation, request }) {
          if (document === repetitive) {
            const message = 'The document repeats the same fields too often within one selection.'
            throw refuse('GRAPHQL_VALIDATION_FAILED', message)
          }
          // Without one, execution says that the document has no such operation.
          if (!operation) return
          const { variables = {} } = request
          assertAffordable({ schema, document, operation, variables, listSizes }, limits)
        },
      }
    },
  }
}
