import {
  coerceInputValue,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql'

interface Operation {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
}

/** The values of arguments as execution will see them, for the few that are looked at before. */
export class GivenArguments {
  readonly #operation: Operation
  /** Without a prototype, as variables may be called what objects have. */
  readonly #coerced: Record<string, unknown> = Object.create(null)
  readonly #known = new Set<string>()

  constructor(operation: Operation) {
    this.#operation = operation
  }

  /** Undefined where it is left out, or is nothing that execution would take; null as it is. */
  valueOf(node: FieldNode, field: GraphQLField<unknown, unknown>, name: string): unknown {
    const argument = field.args.find((each) => each.name === name)
    const given = node.arguments?.find((each) => each.name.value === name)?.value
    if (!argument || !given) return undefined
    if (given.kind === 'Variable') this.#learn(given.name.value)
    return valueFromAST(given, argument.type, this.#coerced)
  }

  #learn(name: string): void {
    if (this.#known.has(name)) return
    this.#known.add(name)
    const { schema, operation, variables } = this.#operation
    const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)
    const type = definition && typeFromAST(schema, definition.type)
    if (!definition || !isInputType(type)) return
    if (Object.hasOwn(variables, name)) {
      // What cannot be coerced, execution refuses with the reason.
      this.#coerced[name] = coerceInputValue(variables[name], type, () => {})
    } else if (definition.defaultValue) {
      this.#coerced[name] = valueFromAST(definition.defaultValue, type)
    }
  }
}
