import type { ApolloServerPlugin, BaseContext } from '@apollo/server'
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse } from 'graphql'
import { estimateCost } from '../estimate-cost.ts'
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
          const fragments = collectFragments(document)
          const { variables = {} } = request
          const limit = limits.cost
          const cost = estimateCost({ schema, operation, fragments, variables, listSizes, limit })
          if (cost.introspected > limits.introspected) {
            const message =
              'The document asks for too much of the schema; ask for it once, or read it in parts.'
            throw refuse('LIMIT_EXCEEDED', message)
          }
          if (cost.objects <= limit) return
          const advice = 'Ask for smaller pages, or for less within each row.'
          throw refuse('LIMIT_EXCEEDED', `The answer may hold more than ${limit} objects. ${advice}`)
        },
      }
    },
  }
}

function collectFragments(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}
