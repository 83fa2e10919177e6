import { type ColumnDataType, type RawBuilder, sql } from 'kysely'

type ColumnType = ColumnDataType | RawBuilder<unknown>

export interface ColumnTypes {
  /** Ordered and compared by code point. */
  readonly text: ColumnType
  readonly integer: ColumnType
  readonly double: ColumnType
}

export const sqliteColumnTypes: ColumnTypes = { text: 'text', integer: 'bigint', double: 'double precision' }

export const postgresColumnTypes: ColumnTypes = {
  text: sql`text collate "C"`,
  integer: 'bigint',
  double: 'double precision',
}
