import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BatchRow } from '../contract/facet-row.ts'
import { type Call, type ListPage, type ListQuery, type Outcome, RegistryError } from '../contract/index.ts'
import { flawOf, isAbsentOr, isBoolean, isList, isNullOr, isText, type Shape } from '../contract/shape.ts'
import { isFilter } from './filter-shape.ts'
import { type PlugInName, plugInFault, toPlugInError } from './plug-in-fault.ts'

const contract = 'see docs/writing-an-adapter.md'

/** Lets through what keeps the contract, and says of everything else which plug-in gave it and where. */
export class Guard {
  readonly #plugIn: PlugInName
  readonly #mostRows: number
  #refusal: RegistryError | null = null

  /** @param mostRows that one answer may hold, unless more were asked for. */
  constructor(plugIn: PlugInName, mostRows: number) {
    this.#plugIn = plugIn
    this.#mostRows = mostRows
  }

  fault(what: string): RegistryError {
    return plugInFault(this.#plugIn, what)
  }

  /** From now on nothing is asked of it any more. */
  refuse(what: string): RegistryError {
    this.#refusal = plugInFault(this.#plugIn, what, { nothingWritten: true })
    return this.#refusal
  }

  /** @param holds whether the answer is one. */
  async ask<T>(
    operation: string,
    { signal }: Call,
    work: () => Promise<T>,
    holds: (answer: unknown) => boolean = () => true,
  ): Promise<T> {
    if (this.#refusal) throw this.#refusal
    try {
      const answer = await work()
      // Here, as a getter of the answer's may throw as well.
      if (holds(answer)) return answer
    } catch (error) {
      // It was broken off, in words of its own; the one who broke it off knows why.
      throw signal.aborted && !RegistryError.is(error) ? error : toPlugInError(error, this.#plugIn)
    }
    throw this.fault(`gave ${operation} an answer of another form than the contract says; ${contract}`)
  }

  /** What is asked without a call, and answered at once. */
  judge(work: () => boolean): boolean {
    if (this.#refusal) throw this.#refusal
    try {
      return work()
    } catch (error) {
      throw toPlugInError(error, this.#plugIn)
    }
  }

  async askBatch<Key, T>(
    operation: string,
    keys: readonly Key[],
    call: Call,
    work: () => Promise<readonly Outcome<T>[]>,
    row: BatchRow<Key, T>,
  ): Promise<readonly Outcome<T>[]> {
    const outcomes = await this.ask(operation, call, work, Array.isArray)
    return outcomes.map((outcome, index) => {
      try {
        return this.#checkOutcome(operation, outcome, keys[index], row)
      } catch (error) {
        return toPlugInError(error, this.#plugIn)
      }
    })
  }

  /** @param key missing when there are more outcomes than keys, which is found out later. */
  #checkOutcome<Key, T>(
    operation: string,
    outcome: Outcome<T>,
    key: Key | undefined,
    { of, isOf }: BatchRow<Key, T>,
  ): Outcome<T> {
    if (outcome === null) return null
    if (RegistryError.is(outcome)) return toPlugInError(outcome, this.#plugIn)
    const value = outcome as T
    const flaw = typeof of === 'function' ? (of(value) ? null : '') : flawOf(of, value)
    if (flaw !== null) return this.#offShape(operation, flaw)
    if (key === undefined || isOf(value, key)) return value
    const asked = JSON.stringify(key)
    return this.fault(
      `gave ${operation} something else where ${asked} was asked for; give the outcomes in the order of the keys`,
    )
  }

  async askPage<Row, Filter>(
    operation: string,
    query: ListQuery<Filter, unknown>,
    call: Call,
    work: () => Promise<ListPage<Row, Filter>>,
    shape: Shape,
  ): Promise<ListPage<Row, Filter>> {
    // A list without an end that answers at once would leave no turn to anybody else, and none to its deadline.
    if (query.continuation !== null) await nextTurn()
    return this.ask(operation, call, async () => {
      const page = await work()
      this.#assertPage(operation, query, page)
      return this.#withoutFlaws(operation, page, shape)
    })
  }

  #assertPage<Row, Filter>(
    operation: string,
    query: ListQuery<Filter, unknown>,
    page: ListPage<Row, Filter>,
  ): void {
    const flaw = flawOf(pageShape, page)
    if (flaw !== null) throw this.#offShape(operation, flaw)
    const { items, hints, continuation } = page
    const checked = this.notTooMany(operation, page, items.length, query.limit)
    if (RegistryError.is(checked)) throw checked
    if (hints !== null && hints.length !== items.length) throw this.#offShape(operation, 'hints')
    if (continuation !== null && continuation === query.continuation) {
      throw this.fault(`gave ${operation} the same continuation again, so that the list would never end`)
    }
  }

  /** One row that is not as it has to be is left out, and said to be; the others stand. */
  #withoutFlaws<Row, Filter>(
    operation: string,
    page: ListPage<Row, Filter>,
    shape: Shape,
  ): ListPage<Row, Filter> {
    const unsound = new Set<number>()
    let flaw = page.flaw ? toPlugInError(page.flaw, this.#plugIn) : null
    page.items.forEach((row, index) => {
      const own = this.#flawOfRow(operation, row, shape)
      if (own === null) return
      unsound.add(index)
      flaw ??= own
    })
    if (unsound.size === 0) return flaw === null ? page : { ...page, flaw }
    const isSound = (_: unknown, index: number) => !unsound.has(index)
    return { ...page, items: page.items.filter(isSound), hints: page.hints?.filter(isSound) ?? null, flaw }
  }

  #flawOfRow(operation: string, row: unknown, shape: Shape): RegistryError | null {
    try {
      const field = flawOf(shape, row)
      return field === null ? null : this.#offShape(operation, field)
    } catch (error) {
      return toPlugInError(error, this.#plugIn)
    }
  }

  /** Whatever the plug-in has put into memory by now: nothing more is made of it. */
  notTooMany<T>(operation: string, answer: T, count: number, wanted: number): T | RegistryError {
    const most = Math.max(wanted, this.#mostRows)
    if (count <= most) return answer
    return plugInFault(
      this.#plugIn,
      `gave ${operation} ${count} rows at once where ${wanted} were wanted and ${most} are allowed; give pages`,
      { code: 'LIMIT_EXCEEDED' },
    )
  }

  #offShape(operation: string, field: string): RegistryError {
    if (field === '') return this.fault(`gave ${operation} something that is no record; ${contract}`)
    return this.fault(`gave ${operation} a "${field}" that is not as the contract says; ${contract}`)
  }
}

const pageShape: Shape = {
  items: Array.isArray,
  hints: isNullOr(isList(isNullOr(isText))),
  continuation: isNullOr(isText),
  residue: isNullOr(isFilter),
  ordered: isBoolean,
  flaw: isAbsentOr(isNullOr(RegistryError.is)),
}
