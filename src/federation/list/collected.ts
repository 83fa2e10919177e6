import type { Filter, Place, Position, RegistryError, TagRecord } from '../../contract/index.ts'
import type { RowOrder } from '../records/row-order.ts'
import type { Reader } from '../session/reader.ts'
import type { RowKind } from './row-kind.ts'

/** A row and its place in the list. */
export interface CollectedRow<Row> extends Place {
  /** Of its model. */
  readonly name: string
  readonly row: Row
  readonly hint: string | null
}

export interface Collected<Row> {
  /** In order. What was found before a failure is here too. */
  readonly rows: readonly CollectedRow<Row>[]
  /** How many rows match in all, of all pages; null when that is not known. */
  readonly total: number | null
  readonly failure: RegistryError | null
  /** Why single rows are missing, or could not be judged, while all others are here. */
  readonly flaw: RegistryError | null
}

export interface CollectQuery<Leaf extends { readonly kind: string }, Order> {
  readonly filter: Filter<Leaf> | null
  /** The client's own, of which that is what a backend can understand. */
  readonly whole: Filter<Leaf> | null
  readonly order: readonly Order[]
  readonly includeArchived: boolean
  readonly after: Position | null
  /** Whether the rows of a model count at all, beside the filter; null: {@link admitsTagged} has to be asked. */
  readonly admits: (name: string) => boolean | null
  readonly admitsTagged: (name: string, tags: readonly TagRecord[]) => boolean
  /** Whether a row is after the cursor, in the order over all registries. */
  readonly isWanted: (place: Place) => boolean
  /** How many rows are enough. */
  readonly want: number
  /** How many rows may be read when all of them must be. */
  readonly readBound: number
}

/** Takes the first rows of a list from one registry. */
export type Collect<Row, Leaf extends { readonly kind: string }, Order extends RowOrder> = (
  kind: RowKind<Row, Leaf, Order>,
  registry: Reader,
  query: CollectQuery<Leaf, Order>,
) => Promise<Collected<Row>>
