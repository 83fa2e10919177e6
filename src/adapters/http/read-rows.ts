import { RegistryError } from '../../contract/index.ts'

export interface ReadRows<Row> {
  readonly rows: readonly Row[]
  /** Why rows are left out. */
  readonly flaw: RegistryError | null
}

/** One row that cannot be read is no reason not to read the others. */
export function readRows<Source, Row>(
  sources: readonly Source[],
  toRow: (source: Source) => Row,
): ReadRows<Row> {
  const rows: Row[] = []
  let flaw: RegistryError | null = null
  for (const source of sources) {
    try {
      rows.push(toRow(source))
    } catch (error) {
      if (!RegistryError.is(error)) throw error
      flaw ??= error
    }
  }
  return { rows, flaw }
}
