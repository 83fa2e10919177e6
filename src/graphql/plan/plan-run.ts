import { type FieldNode, getArgumentValues } from 'graphql'
import { turns } from '../../federation/turns.ts'
import type { AnswerMeter } from '../answer/answer-meter.ts'
import type { InsertedTexts } from '../answer/inserted-texts.ts'
import { FieldInfo, type RunningOperation } from './field-info.ts'
import type { LeafValue } from './leaf-value.ts'
import type { FieldPlan, OperationPlan, SelectionPlan, ValuePlan } from './operation-plan.ts'
import { flat, itemOf, known, type Path, type Place, pathOf } from './place.ts'
import { Unplanned } from './unplanned.ts'
import { WrittenParts } from './written-parts.ts'

type Given = Readonly<Record<string, unknown>>

export interface RunQuestion extends RunningOperation {
  readonly plan: OperationPlan
  readonly context: object
  readonly meter: AnswerMeter
  /** Where parts of the answer go that were written before; null: all of it is data. */
  readonly texts: InsertedTexts | null
  /** What the fields of the operation are of. */
  readonly root?: object | undefined
}

/** Thrown by a run to itself when its answer has grown too large. */
const excess = new Error('The answer has grown too large.')

/** So many items of lists, and then a look at the clock. */
const someItems = 32

type Data = Record<string, unknown>

/**
 * One execution of a plan, without a promise where no resolver gives one. What fails where null may be is null and
 * noted in the meter.
 */
export class PlanRun {
  readonly #question: RunQuestion
  readonly #meter: AnswerMeter
  readonly #context: object
  readonly #parts: WrittenParts | null
  /** The arguments that hold variables: the same for a field wherever it is. */
  readonly #given: readonly Given[]
  #items = 0
  #awaited = 0
  #isOver = false
  #data: Data = {}
  readonly #made = Promise.withResolvers<Data>()

  /** @throws Unplanned */
  constructor(question: RunQuestion) {
    this.#question = question
    this.#meter = question.meter
    this.#context = question.context
    this.#parts = question.texts && new WrittenParts(question.texts, question.meter)
    this.#given = question.plan.variable.map((field) => givenTo(field, question.variables))
  }

  /**
   * The data of the answer. The meter says whether it has grown too large, and then it is not all there.
   *
   * @throws Unplanned
   */
  data(): Promise<Data> {
    // The root itself: a thenable that is no promise may tell its value before all fields were asked.
    this.#awaited = 1
    try {
      this.#data = this.#object(this.#question.plan.root, this.#question.root, undefined)
      this.#settleOne()
    } catch (cause) {
      this.#breakOff(cause)
    }
    return this.#made.promise
  }

  #settleOne(): void {
    if (--this.#awaited === 0) this.#made.resolve(this.#data)
  }

  #breakOff(cause: unknown): void {
    this.#isOver = true
    if (cause === excess) this.#made.resolve({})
    else this.#made.reject(cause instanceof Unplanned ? cause : new Unplanned(cause))
  }

  #object(selection: SelectionPlan, source: unknown, path: Place): Data {
    const { fields } = selection
    const data: Data = {}
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as FieldPlan
      if (field.constant !== null) data[field.key] = field.constant
      else if (field.resolve !== null) this.#resolve(field, source, path, data)
      else {
        const value = (source as Given | undefined)?.[field.name]
        if (typeof value === 'function') this.#resolve(field, source, path, data)
        else if (field.value.leaf === null || isPromise(value)) this.#take(field, value, path, data)
        else data[field.key] = this.#leaf(field, field.value.leaf, value)
      }
    }
    return data
  }

  #leaf(field: FieldPlan, leaf: LeafValue, value: unknown): unknown {
    if (value === null || value === undefined) return nullOf(field.value)
    if (typeof value === 'string' && field.counts !== null) {
      this.#meter.countText(value)
      if (this.#meter.excess) throw excess
    }
    return leaf(value)
  }

  #resolve(field: FieldPlan, source: unknown, prev: Place, data: Data): void {
    let value: unknown
    try {
      value = this.#call(field, source, prev)
    } catch (cause) {
      data[field.key] = this.#failure(field, pathOf(field, prev), cause)
      return
    }
    this.#take(field, value, prev, data)
  }

  #call(field: FieldPlan, source: unknown, prev: Place): unknown {
    const { given: known, resolve } = field
    const given = typeof known === 'number' ? (this.#given[known] as Given) : known
    // No object is made for the many that do not look at it.
    if (resolve && !field.takesInfo) return resolve(source, given, this.#context, undefined as never)
    const info = new FieldInfo(this.#question, field, pathOf(field, prev))
    if (resolve) return resolve(source, given, this.#context, info)
    const methods = source as Record<string, (...given: unknown[]) => unknown>
    return methods[field.name]?.(given, this.#context, info)
  }

  /** What a resolver gave, or what the property holds. */
  #take(field: FieldPlan, value: unknown, prev: Place, data: Data): void {
    if (!isPromise(value)) {
      data[field.key] = this.#admit(field, value, field.value.isFlat ? flat : pathOf(field, prev))
      return
    }
    const path = pathOf(field, prev)
    // It keeps its place among the fields.
    data[field.key] = undefined
    this.#await(
      value,
      (settled) => {
        data[field.key] = this.#admit(field, settled, path)
      },
      (cause) => {
        data[field.key] = this.#failure(field, path, cause)
      },
    )
  }

  #failure({ value, nodes, counts }: FieldPlan, path: Path, cause: unknown): null {
    if (!value.nullable || counts === null) throw new Unplanned(cause)
    this.#note(path, nodes[0], cause)
    return null
  }

  #note(path: Path, field: FieldNode | undefined, cause: unknown): void {
    this.#meter.fail({ path, field, cause })
    if (this.#meter.excess) throw excess
  }

  /** Counted as graphql-js's would be: see `meterFields`. */
  #admit(field: FieldPlan, value: unknown, path: Place): unknown {
    const { value: plan } = field
    if (plan.leaf !== null) return this.#leaf(field, plan.leaf, value)
    if (field.counts === 'objects' && value !== null && value !== undefined) {
      if (Array.isArray(value)) this.#meter.countObjects(value.length)
      else if (plan.item === null) this.#meter.countObjects(1)
      if (this.#meter.excess) throw excess
    }
    return this.#value(plan, field, value, path)
  }

  #value(plan: ValuePlan, field: FieldPlan, value: unknown, path: Place): unknown {
    if (value === null || value === undefined) return nullOf(plan)
    if (value instanceof Error) throw new Unplanned(value)
    if (plan.selection !== null) {
      if (plan.isLasting && this.#parts) return this.#lasting(plan, plan.selection, value, path, this.#parts)
      return this.#object(plan.selection, value, path)
    }
    if (plan.leaf !== null) return plan.leaf(value)
    if (plan.item !== null) {
      if (typeof value !== 'object' || !(Symbol.iterator in value)) throw new Unplanned()
      const items = Array.isArray(value) ? value : [...(value as Iterable<unknown>)]
      const written = plan.item.isLasting ? this.#parts?.findAll(plan.item, items) : null
      if (written) return written
      const list = new Array<unknown>(items.length)
      if (isPromise(items[0])) items.forEach(handle)
      this.#fill(list, plan.item, field, items, 0, path)
      return list
    }
    return this.#ofAbstractType(plan, field, value, path)
  }

  /** By what was written of the same object before, or else written for the next time where it is the same then. */
  #lasting(
    plan: ValuePlan,
    selection: SelectionPlan,
    value: object,
    path: Place,
    parts: WrittenParts,
  ): unknown {
    const written = parts.find(plan, value)
    if (written !== null) return written
    const { objects, characters, failures } = this.#meter
    const [awaited, failed] = [this.#awaited, failures.length]
    const data = this.#object(selection, value, path)
    const isSettled = this.#awaited === awaited && failures.length === failed
    if (isSettled) parts.keep(plan, value, data, { objects, characters })
    return data
  }

  #ofAbstractType({ abstract }: ValuePlan, field: FieldPlan, value: unknown, path: Place): Data {
    const info = new FieldInfo(this.#question, field, known(path))
    const name = abstract?.type.resolveType?.(value, this.#context, info, abstract.type)
    const selection = typeof name === 'string' ? abstract?.selections.get(name) : undefined
    if (!selection) throw new Unplanned()
    return this.#object(selection, value, path)
  }

  #fill(
    list: unknown[],
    plan: ValuePlan,
    field: FieldPlan,
    items: readonly unknown[],
    from: number,
    path: Place,
  ): void {
    for (let index = from; index < items.length; index++) {
      if (++this.#items % someItems === 0 && turns.isOver()) {
        this.#await(turns.next(), () => this.#fill(list, plan, field, items, index, path))
        return
      }
      const item = items[index]
      if (!isPromise(item)) list[index] = this.#value(plan, field, item, itemOf(path, index))
      else {
        const at = { prev: known(path), key: index, typename: undefined }
        this.#await(
          item,
          (settled) => {
            list[index] = this.#value(plan, field, settled, at)
          },
          (cause) => {
            // Each may fail for itself.
            this.#note(at, field.nodes[0], cause)
            list[index] = nullOf(plan)
          },
        )
      }
    }
  }

  #await(
    promise: PromiseLike<unknown>,
    found: (value: unknown) => void,
    failed: (cause: unknown) => void = () => {},
  ): void {
    this.#awaited++
    const goOn = (next: (value: unknown) => void) => (value: unknown) => {
      if (this.#isOver) return
      try {
        next(value)
      } catch (cause) {
        this.#breakOff(cause)
        return
      }
      this.#settleOne()
    }
    promise.then(goOn(found), goOn(failed))
  }
}

/** Lest nobody handles what fails before its turn comes. */
function handle(item: unknown): void {
  if (isPromise(item)) item.then(undefined, () => {})
}

/** @throws Unplanned */
function givenTo({ definition, nodes: [node] }: FieldPlan, variables: Given): Given {
  try {
    return node ? getArgumentValues(definition, node, variables) : {}
  } catch (cause) {
    throw new Unplanned(cause)
  }
}

/** @throws Unplanned */
function nullOf({ nullable }: ValuePlan): null {
  if (!nullable) throw new Unplanned()
  return null
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}
