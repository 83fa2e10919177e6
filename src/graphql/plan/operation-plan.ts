import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  valueFromAST,
} from 'graphql'
import type { Field, Resolver } from '../answer/meter-fields.ts'
import { collectFields, type Selecting } from './collect-fields.ts'
import { type LeafValue, leafValue } from './leaf-value.ts'

/** What becomes of a value of some type. One shape for all, so that the engine has one to look at. */
export interface ValuePlan {
  readonly type: GraphQLOutputType
  readonly nullable: boolean
  readonly leaf: LeafValue | null
  /** Of a list. */
  readonly item: ValuePlan | null
  readonly selection: SelectionPlan | null
  readonly abstract: AbstractPlan | null
  /** Nothing but properties, however deep: nothing in it has to know where in the answer it is. */
  readonly isFlat: boolean
  /** The same of the same object for as long as the gateway runs, unless a promise turns up in it. */
  readonly isLasting: boolean
}

export interface AbstractPlan {
  readonly type: GraphQLAbstractType
  readonly selections: ReadonlyMap<string, SelectionPlan>
}

export interface FieldPlan {
  /** The name that it has in the answer. */
  readonly key: string
  /** The same in every answer; null: it has to be found out. */
  readonly constant: string | null
  /** The name in the schema. */
  readonly name: string
  readonly definition: Field
  readonly parentType: GraphQLObjectType
  readonly nodes: readonly FieldNode[]
  /** Null: the property of its name. */
  readonly resolve: Resolver | null
  /** Whether the resolver looks at what GraphQL tells of its field. */
  readonly takesInfo: boolean
  readonly value: ValuePlan
  /** What of it counts for the size of the answer, and is noted when it fails: see `meterFields`. */
  readonly counts: 'text' | 'objects' | null
  /** The values of its arguments where no variable is among them, else where they are among those of an execution. */
  readonly given: Readonly<Record<string, unknown>> | number
}

export interface SelectionPlan {
  readonly type: GraphQLObjectType
  readonly fields: readonly FieldPlan[]
}

export interface OperationPlan {
  readonly root: SelectionPlan
  /** Fields whose arguments hold variables. */
  readonly variable: readonly FieldPlan[]
  /** How many fields it has. */
  readonly size: number
}

export interface PlanQuestion extends Selecting {
  readonly operation: OperationDefinitionNode
  /** As resolvers are without anything around them; undefined: the property of the field's name. */
  readonly resolverOf: (field: Field) => Resolver | undefined
  /** Fields whose resolvers always answer the same of the same object, by `Type.field`. */
  readonly lastingFields: ReadonlySet<string>
}

/** Of an event that is told, as of a query. Null where something is asked of the schema itself, or types are told apart in ways that are not planned for. */
export function planOperation(question: PlanQuestion): OperationPlan | null {
  const { operation } = question.operation
  const root = operation === 'mutation' ? null : question.schema.getRootType(operation)
  if (!root) return null
  try {
    return new Planner(question).plan(root)
  } catch (error) {
    if (error instanceof NoPlan) return null
    throw error
  }
}

/** A plan of more would take memory for a query that hardly anybody asks. */
const mostFields = 5000

class NoPlan extends Error {}

const leafValues = new WeakMap<GraphQLOutputType, LeafValue>()

class Planner {
  readonly #question: PlanQuestion
  readonly #variable: FieldPlan[] = []
  #size = 0

  constructor(question: PlanQuestion) {
    this.#question = question
  }

  plan(type: GraphQLObjectType): OperationPlan {
    const root = this.#selection(type, [this.#question.operation.selectionSet])
    return { root, variable: this.#variable, size: this.#size }
  }

  #selection(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): SelectionPlan {
    if (type.isTypeOf) throw new NoPlan()
    const collected = collectFields(this.#question, type, selectionSets)
    // An object whose prototype that would be.
    if (collected.has('__proto__')) throw new NoPlan()
    return { type, fields: [...collected].map(([key, nodes]) => this.#field(type, key, nodes)) }
  }

  #field(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldPlan {
    if (++this.#size > mostFields) throw new NoPlan()
    const [node] = nodes
    const name = node?.name.value ?? ''
    if (name === TypeNameMetaFieldDef.name) return typeNamePlan(parentType, key, nodes)
    const definition = parentType.getFields()[name]
    if (!node || !definition) throw new NoPlan()
    const resolve = this.#question.resolverOf(definition) ?? null
    const named = getNamedType(definition.type)
    const isLeaf = isLeafType(named)
    const given = this.#given(definition, node)
    const plan: FieldPlan = {
      key,
      constant: null,
      name,
      definition,
      parentType,
      nodes,
      resolve,
      // One with a rest parameter has none that are counted.
      takesInfo: resolve !== null && (resolve.length === 0 || resolve.length > 3),
      value: this.#value(definition.type, nodes),
      counts: isLeaf ? (resolve !== null || named === GraphQLString ? 'text' : null) : 'objects',
      given: given ?? this.#variable.length,
    }
    if (given === null) this.#variable.push(plan)
    return plan
  }

  #isLasting({ parentType, name, resolve, given, value }: FieldPlan): boolean {
    const isKnown = resolve === null || this.#question.lastingFields.has(`${parentType.name}.${name}`)
    return isKnown && typeof given !== 'number' && value.isLasting
  }

  /** Null where they depend on variables, or cannot be had. */
  #given(definition: Field, node: FieldNode): Readonly<Record<string, unknown>> | null {
    const isConstant = (node.arguments ?? []).every(({ name, value }) => {
      const argument = definition.args.find((each) => each.name === name.value)
      return (
        argument !== undefined && !mentionsVariable(value) && valueFromAST(value, argument.type) !== undefined
      )
    })
    return isConstant ? getArgumentValues(definition, node, {}) : null
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
    const nullable = !isNonNullType(type)
    const inner = isNonNullType(type) ? type.ofType : type
    const nothing = { leaf: null, item: null, selection: null, abstract: null }
    const none = { type, nullable, ...nothing, isFlat: false, isLasting: false }
    if (isListType(inner)) {
      const item = this.#value(inner.ofType, nodes)
      return { ...none, item, isFlat: item.isFlat, isLasting: item.isLasting }
    }
    if (isLeafType(inner)) {
      const leaf = leafValues.get(inner) ?? leafValue(inner)
      leafValues.set(inner, leaf)
      return { ...none, leaf, isFlat: true, isLasting: true }
    }
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    if (!isAbstractType(inner)) {
      const selection = this.#selection(inner, selectionSets)
      const isFlat = selection.fields.every(({ resolve, value }) => resolve === null && value.isFlat)
      const isLasting = selection.fields.every((field) => this.#isLasting(field))
      return { ...none, selection, isFlat, isLasting }
    }
    if (!inner.resolveType) throw new NoPlan()
    const possible = this.#question.schema.getPossibleTypes(inner)
    const selections = possible.map((each) => [each.name, this.#selection(each, selectionSets)] as const)
    return { ...none, abstract: { type: inner, selections: new Map(selections) } }
  }
}

function typeNamePlan(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldPlan {
  const nothing = { leaf: null, item: null, selection: null, abstract: null, isFlat: true, isLasting: true }
  return {
    key,
    constant: parentType.name,
    name: TypeNameMetaFieldDef.name,
    definition: TypeNameMetaFieldDef,
    parentType,
    nodes,
    resolve: null,
    takesInfo: false,
    value: { ...nothing, type: TypeNameMetaFieldDef.type, nullable: false },
    counts: null,
    given: {},
  }
}

type Value = NonNullable<FieldNode['arguments']>[number]['value']

function mentionsVariable(value: Value): boolean {
  if (value.kind === 'Variable') return true
  if (value.kind === 'ListValue') return value.values.some(mentionsVariable)
  return value.kind === 'ObjectValue' && value.fields.some((field) => mentionsVariable(field.value))
}
