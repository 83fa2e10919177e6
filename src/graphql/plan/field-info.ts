import type {
  FragmentDefinitionNode,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql'
import type { FieldPlan } from './operation-plan.ts'
import type { Path } from './place.ts'

export interface RunningOperation {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** What graphql-js tells resolvers of their field, made when somebody looks. */
export class FieldInfo implements GraphQLResolveInfo {
  readonly path: Path
  readonly rootValue = undefined
  readonly #running: RunningOperation
  readonly #field: FieldPlan

  constructor(running: RunningOperation, field: FieldPlan, path: Path) {
    this.#running = running
    this.#field = field
    this.path = path
  }

  get fieldName() {
    return this.#field.name
  }

  get fieldNodes() {
    return this.#field.nodes
  }

  get returnType() {
    return this.#field.definition.type
  }

  get parentType() {
    return this.#field.parentType
  }

  get schema() {
    return this.#running.schema
  }

  get fragments() {
    return Object.fromEntries(this.#running.fragments)
  }

  get operation() {
    return this.#running.operation
  }

  get variableValues() {
    return this.#running.variables as Record<string, unknown>
  }
}
