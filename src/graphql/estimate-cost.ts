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
import { maxPageSize } from './arguments/page-size.ts'
import { GivenArguments } from './given-arguments.ts'

/** What a list that no argument bounds is taken to hold: tags, aliases, metrics of one object. */
export const usualListSize = 10

interface Place {
  readonly type: GraphQLCompositeType
  /** How many objects of it there are. */
  readonly rows: number
  /** In a connection, the size of its page. */
  readonly pageSize: number | null
}

export interface CostQuestion {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
  /** What lists hold that this gateway bounds itself, by `Type.field`. */
  readonly listSizes: ReadonlyMap<string, number>
  /** The count ends above it. */
  readonly limit: number
}

/**
 * How many objects the answer holds at most: every page full, every list that no argument bounds of its usual size.
 * What is counted here is what {@link AnswerMeter} counts, which breaks off what rests on lists beyond the usual.
 */
export function estimateCost(question: CostQuestion): number {
  const root = question.schema.getRootType(question.operation.operation)
  if (!root) return 0
  return new CostCount(question).add(question.operation.selectionSet, { type: root, rows: 1, pageSize: null })
}

class CostCount {
  readonly #question: CostQuestion
  readonly #given: GivenArguments
  #cost = 0

  constructor(question: CostQuestion) {
    this.#question = question
    this.#given = new GivenArguments(question)
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
    const rows = place.rows * this.#sizeOf(node, field, place)
    this.#cost += rows
    this.add(node.selectionSet, { type, rows, pageSize: this.#pageSize(node, field) })
  }

  #sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>, place: Place): number {
    if (!isListType(getNullableType(field.type))) return 1
    const { name } = field
    if (place.pageSize !== null && (name === 'nodes' || name === 'edges')) return place.pageSize
    for (const bound of ['ids', 'keys']) {
      const values = this.#given.valueOf(node, field, bound)
      if (Array.isArray(values)) return values.length
    }
    return this.#question.listSizes.get(`${place.type.name}.${name}`) ?? usualListSize
  }

  /** Null: it is no connection. Pages beyond what is allowed are refused, and hold nothing. */
  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
    const argument = field.args.find(({ name }) => name === 'first')
    if (!argument) return null
    const first = this.#given.valueOf(node, field, 'first') ?? argument.defaultValue
    return typeof first === 'number' ? Math.min(Math.max(first, 0), maxPageSize) : maxPageSize
  }
}
