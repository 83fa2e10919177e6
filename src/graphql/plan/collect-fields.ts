import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql'

export interface Selecting {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Coerced; only those of `@skip` and `@include` are read. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** The fields of an object by the names that they have in the answer, as the GraphQL specification collects them. */
export function collectFields(
  selecting: Selecting,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const collection = new Collection(selecting, type)
  for (const selectionSet of selectionSets) collection.add(selectionSet)
  return collection.fields
}

class Collection {
  readonly fields = new Map<string, FieldNode[]>()
  readonly #selecting: Selecting
  readonly #type: GraphQLObjectType
  readonly #visited = new Set<string>()

  constructor(selecting: Selecting, type: GraphQLObjectType) {
    this.#selecting = selecting
    this.#type = type
  }

  add({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!this.#includes(selection)) continue
      if (selection.kind === Kind.FIELD) this.#addField(selection)
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#addFragment(selection)
      else this.#spread(selection.name.value)
    }
  }

  #addField(field: FieldNode): void {
    const name = field.alias?.value ?? field.name.value
    const same = this.fields.get(name)
    if (same) same.push(field)
    else this.fields.set(name, [field])
  }

  #spread(name: string): void {
    if (this.#visited.has(name)) return
    this.#visited.add(name)
    const fragment = this.#selecting.fragments.get(name)
    if (fragment) this.#addFragment(fragment)
  }

  #addFragment({
    typeCondition,
    selectionSet,
  }: Pick<FragmentDefinitionNode, 'selectionSet'> &
    Partial<Pick<FragmentDefinitionNode, 'typeCondition'>>): void {
    const { schema } = this.#selecting
    const condition = typeCondition && typeFromAST(schema, typeCondition)
    const holds =
      condition === undefined ||
      condition === this.#type ||
      (isAbstractType(condition) && schema.isSubType(condition, this.#type))
    if (holds) this.add(selectionSet)
  }

  #includes(selection: SelectionNode): boolean {
    if (!selection.directives?.length) return true
    const { variables } = this.#selecting
    return (
      getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if !== true &&
      getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false
    )
  }
}
