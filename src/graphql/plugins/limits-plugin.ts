import type { ApolloServerPlugin, BaseContext } from '@apollo/server'
import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind } from 'graphql'
import { estimateCost } from '../estimate-cost.ts'
import type { Limits } from '../limits.ts'

/** The limits that need more than the document: the variables. */
export function limitsPlugin(limits: Limits): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          const variables = request.variables ?? {}
          if (isDeeper(variables, limits.variablesDepth)) {
            throw refuse('BAD_USER_INPUT', `Variables are nested more than ${limits.variablesDepth} deep.`)
          }
          // Without one, execution says that the document has no such operation.
          if (!operation) return
          const fragments = collectFragments(document)
          const cost = estimateCost({ schema, operation, fragments, variables, limit: limits.cost })
          if (cost > limits.cost) {
            const advice = 'Ask for smaller pages, or for less within each row.'
            throw refuse('LIMIT_EXCEEDED', `The answer may hold more than ${limits.cost} objects. ${advice}`)
          }
        },
      }
    },
  }
}

function collectFragments(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}

/** Level by level and not by recursion, which is what deep nesting breaks. */
function isDeeper(value: unknown, limit: number): boolean {
  let level = [value].filter(isNested)
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((item) => Object.values(item)).filter(isNested)
  }
  return false
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function refuse(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, retryable: false, http: { status: 400 } } })
}
