export type Direction = 'asc' | 'desc'

export interface ModelOrder {
  readonly field: 'name' | 'createdAt' | 'updatedAt'
  readonly direction: Direction
}

export type VersionOrder =
  | { readonly field: 'model' | 'version' | 'createdAt' | 'updatedAt'; readonly direction: Direction }
  /** The value of the version's run; a run without it, and NaN, count as null. */
  | { readonly field: 'metric'; readonly key: string; readonly direction: Direction }

/**
 * A place in an ordered list, made from the row that was handed out last.
 *
 * `values` go with the entries of the order, one each: texts, versions as strings, times in epoch milliseconds,
 * metrics as numbers, and `null`. Nulls come last in either direction. Ties are broken by name, then by version,
 * ascending. `name` null: the place before every row of these values.
 */
export interface Position {
  readonly values: readonly (string | number | null)[]
  readonly name: string | null
  readonly version: string | null
  /** What the adapter said in {@link ListPage.hints} of the last row taken from this registry. */
  readonly hint: string | null
}
