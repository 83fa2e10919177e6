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
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql'
import { maxPageSize } from './arguments/page-size.ts'
import { GivenArguments } from './given-arguments.ts'
import { introspectionSizes } from './introspection-sizes.ts'

/** What a list that no argument bounds is taken to hold: tags, aliases, metrics of one object. */
export const usualListSize = 10

/** By which lists are as long as somebody says. */
const bounds = ['ids', 'keys'] as const
export const sizingArguments: ReadonlySet<string> = new Set(['first', ...bounds])

/** What of a page is as long as it. */
const pageFields: ReadonlySet<string> = new Set(['nodes', 'edges', 'groups'])

const introspectionFields = new Map<string, GraphQLField<unknown, unknown>>([
  [SchemaMetaFieldDef.name, SchemaMetaFieldDef],
  [TypeMetaFieldDef.name, TypeMetaFieldDef],
])

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

export interface Cost {
  /** As {@link AnswerMeter} counts them. */
  readonly objects: number
  /** Descriptions of types, fields and arguments, which no meter sees. */
  readonly introspected: number
}

/**
 * How many objects the answer holds at most: every page full, every list that no argument bounds of its usual size.
 * What is counted here is what {@link AnswerMeter} counts, which breaks off what rests on lists beyond the usual.
 */
export function estimateCost(question: CostQuestion): Cost {
  const root = question.schema.getRootType(question.operation.operation)
  if (!root) return { objects: 0, introspected: 0 }
  return new CostCount(question).add(question.operation.selectionSet, { type: root, rows: 1, pageSize: null })
}

class CostCount {
  readonly #question: CostQuestion
  readonly #given: GivenArguments
  #objects = 0
  #introspected = 0

  constructor(question: CostQuestion) {
    this.#question = question
    this.#given = new GivenArguments(question)
  }

  add(selections: SelectionSetNode, place: Place): Cost {
    for (const selection of selections.selections) {
      if (this.#objects + this.#introspected > this.#question.limit) break
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
    return { objects: this.#objects, introspected: this.#introspected }
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
    const { value: name } = node.name
    const field = introspectionFields.get(name) ?? place.type.getFields()[name]
    const type = field && getNamedType(field.type)
    if (!field || !isCompositeType(type)) return
    const rows = place.rows * this.#sizeOf(node, field, place)
    if (type.name.startsWith('__')) this.#introspected += rows
    else this.#objects += rows
    this.add(node.selectionSet, { type, rows, pageSize: this.#pageSize(node, field) })
  }

  #sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>, place: Place): number {
    if (!isListType(getNullableType(field.type))) return 1
    const { name } = field
    if (place.pageSize !== null && pageFields.has(name)) return place.pageSize
    for (const bound of bounds) {
      const values = this.#given.valueOf(node, field, bound)
      if (Array.isArray(values)) return values.length
    }
    const list = `${place.type.name}.${name}`
    const { listSizes, schema } = this.#question
    return listSizes.get(list) ?? introspectionSizes(schema).get(list) ?? usualListSize
  }

  /** Null: it is no connection. Pages beyond what is allowed are refused, and hold nothing. */
  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
    const argument = field.args.find(({ name }) => name === 'first')
    if (!argument) return null
    const first = this.#given.valueOf(node, field, 'first') ?? argument.defaultValue
    return typeof first === 'number' ? Math.min(Math.max(first, 0), maxPageSize) : maxPageSize
  }
}
