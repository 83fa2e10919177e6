import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import type { AnswerMeter } from '../answer/answer-meter.ts'
import type { InsertedTexts } from '../answer/inserted-texts.ts'
import { sizingArguments } from '../estimate-cost.ts'
import { type OperationPlan, type PlanQuestion, planOperation } from './operation-plan.ts'
import { PlanRun } from './plan-run.ts'

/** What plans have to know of the fields of a schema. */
export type PlannedFields = Pick<PlanQuestion, 'resolverOf' | 'lastingFields'>

type Variables = Readonly<Record<string, unknown>>

interface AskedOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Variables
}

let nextId = 0

/** Each combination of what is skipped is another plan; so many are kept. */
const mostPlans = 8

/** One operation of a document that was found valid, with its plans. */
export class PlannedOperation {
  readonly operation: OperationDefinitionNode
  readonly document: DocumentNode
  /** Different from that of any other. */
  readonly id = nextId++
  readonly #schema: GraphQLSchema
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #fields: PlannedFields
  /** Variables on which it depends which fields there are. */
  readonly #conditions: readonly string[]
  readonly #plans = new Map<string, OperationPlan | null>()
  #isAffordable: boolean | null = null
  #isSized: boolean | null = null
  #isPersonal: boolean | null = null

  constructor(
    operation: OperationDefinitionNode,
    document: DocumentNode,
    schema: GraphQLSchema,
    fields: PlannedFields,
  ) {
    this.operation = operation
    this.document = document
    this.#schema = schema
    this.#fields = fields
    this.#fragments = fragmentsOf(document)
    this.#conditions = conditionsOf(document)
  }

  /** Whether it asks who asks. */
  get isPersonal(): boolean {
    this.#isPersonal ??= fieldNames(this.document).some((name) => name.startsWith('viewer'))
    return this.#isPersonal
  }

  /** The values of its variables; null when there is something wrong with those that were given. */
  coerce(given: Variables): Variables | null {
    const definitions = this.operation.variableDefinitions ?? []
    return getVariableValues(this.#schema, definitions, given, { maxErrors: 1 }).coerced ?? null
  }

  /** Asked once, where variables do not matter for it. */
  isAffordable(given: Variables, isAffordable: (asked: AskedOperation) => boolean): boolean {
    if (this.#isAffordable !== null) return this.#isAffordable
    const { operation, document } = this
    const found = isAffordable({ schema: this.#schema, document, operation, variables: given })
    this.#isSized ??= isSizedByVariables(document)
    if (!this.#isSized) this.#isAffordable = found
    return found
  }

  /** Null when no plan takes it. */
  planFor(variables: Variables): OperationPlan | null {
    // Where a default makes it valid to give null, it fails the field that it is within.
    if (this.#conditions.some((name) => variables[name] === null)) return null
    const key = this.#conditions.map((name) => (variables[name] === true ? '1' : '0')).join('')
    const known = this.#plans.get(key)
    if (known !== undefined) return known
    const plan = planOperation({
      schema: this.#schema,
      operation: this.operation,
      fragments: this.#fragments,
      variables,
      ...this.#fields,
    })
    if (this.#plans.size < mostPlans) this.#plans.set(key, plan)
    return plan
  }

  /**
   * The data of the answer.
   *
   * @param texts where parts of it may go that were written before; without it, all of it is data.
   * @param root what the fields of the operation are of.
   * @throws Unplanned
   */
  run(
    plan: OperationPlan,
    variables: Variables,
    context: object,
    meter: AnswerMeter,
    texts: InsertedTexts | null = null,
    root?: object,
  ): Promise<object> {
    const { operation } = this
    const asked = { schema: this.#schema, operation, fragments: this.#fragments }
    return new PlanRun({ ...asked, plan, variables, context, meter, texts, root }).data()
  }

  /** Fields of all plans that are kept. */
  get size(): number {
    let size = 0
    for (const plan of this.#plans.values()) size += plan?.size ?? 0
    return size
  }
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}

function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

function fieldNames(document: DocumentNode): readonly string[] {
  const names = new Set<string>()
  visit(document, { Field: ({ name }) => void names.add(name.value) })
  return [...names]
}

function isSizedByVariables(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Argument(argument) {
      if (!sizingArguments.has(argument.name.value)) return
      visit(argument.value, {
        Variable() {
          found = true
        },
      })
    },
  })
  return found
}
