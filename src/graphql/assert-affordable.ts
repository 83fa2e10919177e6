import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { estimateCost } from './estimate-cost.ts'
import type { Limits } from './limits.ts'
import { refuse } from './refuse.ts'

interface AskedOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
  /** See {@link listSizes}. */
  readonly listSizes: ReadonlyMap<string, number>
}

/** Refuses what would have too large an answer, before anything runs. @throws GraphQLError */
export function assertAffordable({ document, ...asked }: AskedOperation, limits: Limits): void {
  const limit = limits.cost
  const cost = estimateCost({ ...asked, fragments: collectFragments(document), limit })
  if (cost.introspected > limits.introspected) {
    const message = 'The document asks for too much of the schema; ask for it once, or read it in parts.'
    throw refuse('LIMIT_EXCEEDED', message)
  }
  if (cost.objects <= limit) return
  const advice = 'Ask for smaller pages, or for less within each row.'
  throw refuse('LIMIT_EXCEEDED', `The answer may hold more than ${limit} objects. ${advice}`)
}

function collectFragments(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}
