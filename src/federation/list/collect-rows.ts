import {
  comparePositions,
  type Filter,
  type ListPage,
  type Place,
  type Position,
  RegistryError,
} from '../../contract/index.ts'
import { whenThere } from '../../timing/when-there.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { allOf } from '../filter/filter-tree.ts'
import type { RowOrder } from '../records/row-order.ts'
import type { Reader } from '../session/reader.ts'
import type { Collected, CollectedRow, CollectQuery } from './collected.ts'
import type { Candidate, RowKind } from './row-kind.ts'
import { readShownPage, type ShownPage } from './shown-page.ts'

const largePage = 1000
const filteredPage = 100

/**
 * Takes the first rows after the cursor from one registry: page by page where it keeps the order, whole where it
 * does not. A registry that claims an order and breaks it is found out here, because every row is compared with the
 * one before.
 */
export async function collectRows<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  kind: RowKind<Row, Leaf, Order>,
  registry: Reader,
  query: CollectQuery<Leaf, Order>,
): Promise<Collected<Row>> {
  const trust = registry.orderTrust
  const orderKey = JSON.stringify([kind.kind, query.order])
  const apart = kind.apart(query.order)
  let collector = new Collector(kind, registry, narrowed(query, apart && { kind: 'not', filter: apart }))
  try {
    if (!trust.isBroken(orderKey)) {
      const inOrder = await collector.readInOrder()
      if (inOrder && apart === null) return inOrder
      if (inOrder)
        return collector.join(
          inOrder,
          await new Collector(kind, registry, narrowed(query, apart)).readWhole(),
        )
      trust.noteBroken(orderKey)
    }
    collector = new Collector(kind, registry, query)
    return await collector.readWhole()
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error
    return { ...collector.soFar, failure: error.error }
  }
}

function narrowed<Leaf extends { readonly kind: string }, Order>(
  query: CollectQuery<Leaf, Order>,
  filter: Filter<Leaf> | null,
): CollectQuery<Leaf, Order> {
  return filter === null ? query : { ...query, filter: allOf([query.filter, filter]) }
}

class Collector<Row, Leaf extends { readonly kind: string }, Order extends RowOrder> {
  readonly #kind: RowKind<Row, Leaf, Order>
  readonly #registry: Reader
  readonly #query: CollectQuery<Leaf, Order>
  #rows: CollectedRow<Row>[] = []
  #flaw: RegistryError | null = null

  constructor(kind: RowKind<Row, Leaf, Order>, registry: Reader, query: CollectQuery<Leaf, Order>) {
    this.#kind = kind
    this.#registry = registry
    this.#query = query
  }

  /** What a failure leaves: rows in order, without a total. */
  get soFar(): Omit<Collected<Row>, 'failure'> {
    return { rows: this.#rows, total: null, flaw: this.#flaw }
  }

  /** @returns null when the registry does not give the order. */
  async readInOrder(): Promise<Collected<Row> | null> {
    const { want, filter, after } = this.#query
    let limit = filter === null ? want : Math.max(want, filteredPage)
    let continuation: string | null = null
    let last: Candidate<Row> | null = null
    let passedOver = 0
    do {
      const { page, hidden }: ShownPage<Row, Leaf> = await this.#page(limit, after, continuation)
      if (!page.ordered) return this.#giveUpOrder()
      passedOver += hidden
      const examined = this.#examine(page)
      const candidates = examined instanceof Promise ? await examined : examined
      for (let index = 0; index < candidates.length; index++) {
        const candidate = candidates[index] as Candidate<Row>
        const step = last ? this.#compare(last, candidate) : -1
        if (step > 0) {
          this.#registry.orderTrust.noteBrokenWord(this.#query.order)
          return this.#giveUpOrder()
        }
        if (this.#counts(candidate) && step < 0 && this.#query.isWanted(candidate))
          this.#rows.push(toCollected(candidate, page, index))
        last = candidate
      }
      if (passedOver > this.#query.readBound) throw this.#tooManyRows()
      continuation = page.continuation
      limit = Math.min(largePage, limit * 2)
    } while (continuation !== null && this.#rows.length < want)
    const isAll = after === null && continuation === null && this.#flaw === null
    return { ...this.soFar, total: isAll ? this.#rows.length : null, failure: null }
  }

  /** The rows of two queries that have none in common. */
  join(one: Collected<Row>, other: Collected<Row>): Collected<Row> {
    this.#rows = this.#firstOf([...one.rows, ...other.rows])
    const total = one.total === null || other.total === null ? null : one.total + other.total
    return { rows: this.#rows, total, failure: null, flaw: one.flaw ?? other.flaw }
  }

  async readWhole(): Promise<Collected<Row>> {
    const { readBound } = this.#query
    const seen = new Set<string>()
    let read = 0
    let first: CollectedRow<Row>[] = []
    let continuation: string | null = null
    do {
      const { page, hidden }: ShownPage<Row, Leaf> = await this.#page(largePage, null, continuation)
      read += page.items.length + hidden
      if (read > readBound) throw this.#tooManyRows()
      const candidates = await this.#examine(page)
      const found = candidates
        .map((candidate, index) => ({ candidate, index }))
        .filter(({ candidate }) => this.#counts(candidate) && isNew(candidate, seen))
        .filter(({ candidate }) => this.#query.isWanted(candidate))
        .map(({ candidate, index }) => toCollected(candidate, page, index))
      first = this.#firstOf([...first, ...found])
      continuation = page.continuation
    } while (continuation !== null)
    this.#rows = first
    return { ...this.soFar, total: this.#flaw === null ? seen.size : null, failure: null }
  }

  /** Page by page, so that no more rows are kept and sorted at once than are asked for. */
  #firstOf(rows: readonly CollectedRow<Row>[]): CollectedRow<Row>[] {
    return rows.toSorted((a, b) => this.#compare(a, b)).slice(0, this.#query.want)
  }

  #giveUpOrder(): null {
    this.#rows = []
    return null
  }

  #page(limit: number, after: Position | null, continuation: string | null): Promise<ShownPage<Row, Leaf>> {
    const wish = { limit, after: continuation === null ? after : null, continuation }
    return readShownPage(this.#kind, this.#registry, this.#query, wish)
  }

  /** At once where it takes no more than a turn, and nothing more has to be read for it. */
  #examine(
    page: ListPage<Row, Filter<Leaf>>,
  ): readonly Candidate<Row>[] | Promise<readonly Candidate<Row>[]> {
    const { whole, order } = this.#query
    const { residue } = page
    const examined = this.#kind.examine(this.#registry, page.items, { residue, whole, order })
    return whenThere(examined, (candidates) => {
      this.#flaw ??= page.flaw ?? candidates.find(({ flaw }) => flaw)?.flaw ?? null
      return candidates
    })
  }

  #counts({ row, matches }: Candidate<Row>): boolean {
    return matches && (this.#query.includeArchived || !this.#kind.isArchived(row))
  }

  #compare(a: Place, b: Place): number {
    return comparePositions(this.#query.order, a, b)
  }

  #tooManyRows(): RegistryFailure {
    const { name } = this.#registry
    const error = new RegistryError(
      'LIMIT_EXCEEDED',
      `"${name}" has more than ${this.#query.readBound} rows to read for this list, because it cannot pick or ` +
        'order them itself. Narrow the list by `where`, or order it by what `capabilities.pushedDownOrders` names.',
    )
    return new RegistryFailure(name, error)
  }
}

function toCollected<Row>(
  { row, values, name, version }: Candidate<Row>,
  { hints }: ListPage<Row, unknown>,
  index: number,
): CollectedRow<Row> {
  return { row, values, name, version, hint: hints?.[index] ?? null }
}

/** A page that was written to while it was read may give a row again. */
function isNew({ name, version }: Candidate<unknown>, seen: Set<string>): boolean {
  const before = seen.size
  seen.add(JSON.stringify([name, version]))
  return seen.size > before
}
