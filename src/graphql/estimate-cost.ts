import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** What a list without a page size is taken to hold: tags, aliases, metrics of one object. */
const usualListSize = 10

/** More of one kind than backends hold below the rows of one page. */
const mostRows = 10_000

interface Place {
  readonly type: GraphQLCompositeType
  /** How many objects of it there are. */
  readonly rows: number
  /** In a connection, the size of its page. */
  readonly pageSize: number | null
  /** The lists on the way here. */
  readonly lists: readonly string[]
}

export interface CostQuestion {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
  /** The count ends above it. */
  readonly limit: number
}

/**
 * How many objects the answer may hold. Page sizes multiply only up to what backends really have: 500 models with
 * `first: 500` versions each are not 250,000 versions. A list within itself, such as the aliases of the model of an
 * alias, tells the same again, so there they do multiply.
 */
export function estimateCost(question: CostQuestion): number {
  const root = question.schema.getRootType(question.operation.operation)
  if (!root) return 0
  return new CostCount(question).add(question.operation.selectionSet, {
    type: root,
    rows: 1,
    pageSize: null,
    lists: [],
  })
}

class CostCount {
  readonly #question: CostQuestion
  #cost = 0

  constructor(question: CostQuestion) {
    this.#question = question
  }

  add(selections: SelectionSetNode, place: Place): number {
    for (const selection of selections.selections) {
      if (this.#cost > this.#question.limit) break
      if (selection.kind === Kind.FIELD) this.#addField(selection, place)
      else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection
            : this.#question.fragments.get(selection.name.value)
        if (fragment)
          this.add(fragment.selectionSet, { ...place, type: this.#conditionType(fragment, place) })
      }
    }
    return this.#cost
  }

  #conditionType(
    fragment: { typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined },
    place: Place,
  ) {
    const name = fragment.typeCondition?.name.value
    const type = name === undefined ? undefined : this.#question.schema.getType(name)
    return isCompositeType(type) ? type : place.type
  }

  #addField(node: FieldNode, place: Place): void {
    if (!node.selectionSet || !(isObjectType(place.type) || isInterfaceType(place.type))) return
    const field = place.type.getFields()[node.name.value]
    const type = field && getNamedType(field.type)
    if (!field || !isCompositeType(type)) return
    const below = this.#enter(node, field, place, type)
    this.#cost += below.rows
    this.add(node.selectionSet, below)
  }

  #enter(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    place: Place,
    type: GraphQLCompositeType,
  ): Place {
    const pageSize = field.args.some(({ name }) => name === 'first') ? this.#pageSize(node, field) : null
    if (!isListType(getNullableType(field.type))) return { ...place, type, pageSize }
    const list = `${place.type.name}.${field.name}`
    const size = this.#listSize(node, place)
    const rows = place.lists.includes(list) ? place.rows * size : Math.min(place.rows * size, mostRows)
    return { type, rows: Math.max(rows, place.rows), pageSize, lists: [...place.lists, list] }
  }

  #listSize(node: FieldNode, place: Place): number {
    if (place.pageSize !== null && (node.name.value === 'nodes' || node.name.value === 'edges'))
      return place.pageSize
    const ids = this.#argument(node, 'ids')
    return Array.isArray(ids) ? ids.length : usualListSize
  }

  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const given = this.#argument(node, 'first')
    const size =
      typeof given === 'number' ? given : field.args.find(({ name }) => name === 'first')?.defaultValue
    return typeof size === 'number' ? Math.max(size, 1) : usualListSize
  }

  #argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value
    if (value?.kind === Kind.INT) return Number(value.value)
    if (value?.kind === Kind.LIST) return value.values
    if (value?.kind !== Kind.VARIABLE) return undefined
    return this.#question.variables[value.name.value] ?? this.#variableDefault(value.name.value)
  }

  #variableDefault(name: string): unknown {
    const { variableDefinitions = [] } = this.#question.operation
    const value = variableDefinitions.find(({ variable }) => variable.name.value === name)?.defaultValue
    return value?.kind === Kind.INT ? Number(value.value) : undefined
  }
}
