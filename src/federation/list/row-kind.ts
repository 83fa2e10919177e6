import type {
  Filter,
  ListPage,
  ListQuery,
  Place,
  RegistryError,
  TagRecord,
  TextTest,
} from '../../contract/index.ts'
import type { RowOrder } from '../records/row-order.ts'
import type { Reader } from '../session/reader.ts'

/** A row with its place, and what the filter says of it. */
export interface Candidate<Row> extends Place {
  /** Of its model. */
  readonly name: string
  readonly row: Row
  readonly matches: boolean
  /** Why it could not be judged; it does not match then, and it might. */
  readonly flaw?: RegistryError | null
}

export interface Asked<Leaf, Order> {
  /** What the backend has left to be checked. */
  readonly residue: Filter<Leaf> | null
  /** The client's own, for rows that no backend can judge. */
  readonly whole: Filter<Leaf> | null
  readonly order: readonly Order[]
}

/** What the federated list has to know of models, or of versions. */
export interface RowKind<Row, Leaf extends { readonly kind: string }, Order extends RowOrder> {
  readonly kind: 'models' | 'versions'
  /** A condition on the name of a row's model. */
  named(tests: readonly TextTest[]): Leaf
  /** @param asked what a backend is asked for in the place of a model's name. */
  toBackendFilter(filter: Filter<Leaf>, asked: (model: string) => string): Filter<Leaf>
  list(registry: Reader, query: ListQuery<Filter<Leaf>, Order>): Promise<ListPage<Row, Filter<Leaf>>>
  /** Of its model. */
  nameOf(row: Row): string
  isArchived(row: Row): boolean
  /** Of its model, which is loaded where the row does not bring them. */
  tagsOfModel(registry: Reader, row: Row): Promise<readonly TagRecord[]>
  /** Rows whose place in this order no backend knows; null where there are none. */
  apart(order: readonly Order[]): Filter<Leaf> | null
  /** Evaluates what is left of the filter; loads what that takes, for all rows at once. */
  examine(
    registry: Reader,
    rows: readonly Row[],
    asked: Asked<Leaf, Order>,
  ): readonly Candidate<Row>[] | Promise<readonly Candidate<Row>[]>
  /** A row that was found need not be loaded again in this request. */
  know(registry: Reader, row: Row): void
}
