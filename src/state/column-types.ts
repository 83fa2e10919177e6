import { type ColumnDataType, type RawBuilder, sql } from 'kysely'

type ColumnType = ColumnDataType | RawBuilder<unknown>

export interface ColumnTypes {
  /** Ordered and compared by code point. */
  readonly text: ColumnType
  readonly integer: ColumnType
  readonly double: ColumnType
  /** A primary key that the database gives out. */
  readonly rowId: ColumnType
  /** The words of a text, which an index finds; null: they are in a table of their own. */
  readonly tokens: ColumnType | null
  /** Whether a column that is there can be made to need a value. */
  readonly altersColumns: boolean
  /** At the end of a table that is nothing but its key. */
  readonly withoutRowId: RawBuilder<unknown>
}

export const sqliteColumnTypes: ColumnTypes = {
  text: 'text',
  integer: 'bigint',
  double: 'double precision',
  rowId: 'integer',
  tokens: null,
  altersColumns: false,
  withoutRowId: sql`without rowid`,
}

export const postgresColumnTypes: ColumnTypes = {
  text: sql`text collate "C"`,
  integer: 'bigint',
  double: 'double precision',
  rowId: 'bigserial',
  tokens: sql`tsvector`,
  altersColumns: true,
  withoutRowId: sql``,
}
