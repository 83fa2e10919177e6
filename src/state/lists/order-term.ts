import { type RawBuilder, sql } from 'kysely'
import type { Direction } from '../../contract/index.ts'

export type OrderValue = string | number | null

/** One expression to order rows by. Any number of them are an order; the last ones tell all rows apart. */
export interface OrderTerm {
  /** `version`: an integer here, which is compared with the versions of other registries, whatever they are. */
  readonly kind: 'text' | 'integer' | 'double' | 'version'
  readonly expression: RawBuilder<OrderValue>
  readonly direction: Direction
  /** Whether rows may have no value; they come last in either direction. */
  readonly optional: boolean
}

export function toOrderBy(terms: readonly OrderTerm[]): RawBuilder<unknown> {
  return sql.join(
    terms.flatMap(({ expression, direction, optional }) => {
      const ordered = sql`${expression} ${sql.raw(direction)}`
      return optional ? [sql`${expression} is null`, ordered] : [ordered]
    }),
  )
}
