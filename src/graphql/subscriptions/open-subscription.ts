import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql'
import { EventFeed } from '../../federation/catalog/event-feed.ts'
import { collectFields } from '../plan/collect-fields.ts'
import type { RequestScope } from '../request-scope.ts'

type Variables = Readonly<Record<string, unknown>>

/** The operation of a valid document. */
export interface AskedSubscription {
  readonly source: string
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly operationName: string | null
  readonly variables: Variables
}

export interface OpenedSubscription extends AskedSubscription {
  readonly feed: EventFeed
  /** The name of its one field. */
  readonly field: string
  /** Coerced. */
  readonly values: Variables
}

/** @throws GraphQLError */
export type OpenSubscription = (asked: AskedSubscription, scope: RequestScope) => Promise<OpenedSubscription>

export function openSubscriptionOf(schema: GraphQLSchema): OpenSubscription {
  const type = schema.getSubscriptionType()
  return async (asked, scope) => {
    if (!type) throw new Error('The schema has no subscriptions.')
    const definitions = asked.operation.variableDefinitions ?? []
    const { coerced: values, errors } = getVariableValues(schema, definitions, asked.variables, {
      maxErrors: 1,
    })
    if (!values) throw errors?.[0] ?? new Error('The variables cannot be had.')
    const [key, nodes, field] = rootField(schema, type, asked, values)
    try {
      const given = getArgumentValues(field, nodes[0] as FieldNode, values)
      const feed: unknown = await field.subscribe?.(undefined, given, scope, undefined as never)
      if (!(feed instanceof EventFeed)) throw new Error(`Nothing feeds the subscription "${field.name}".`)
      return { ...asked, feed, field: field.name, values }
    } catch (error) {
      throw locatedError(error, nodes, [key])
    }
  }
}

function rootField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  { document, operation }: AskedSubscription,
  variables: Variables,
): readonly [string, readonly FieldNode[], GraphQLField<unknown, unknown>] {
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment]),
  )
  const fields = [...collectFields({ schema, fragments, variables }, type, [operation.selectionSet])]
  const [first] = fields
  const definition = first && type.getFields()[first[1][0]?.name.value ?? '']
  if (first && definition && fields.length === 1) return [...first, definition]
  throw new GraphQLError('A subscription has to ask for exactly one field.', { nodes: operation })
}
