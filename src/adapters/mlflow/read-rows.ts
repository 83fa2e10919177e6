import { RegistryError } from '../../contract/index.ts'
import type { Wire } from './wire.ts'

export interface ReadRows<Row> {
  readonly rows: readonly Row[]
  /** Why rows are left out. */
  readonly flaw: RegistryError | null
}

/** One row that cannot be read is no reason not to read the others. */
export function readRows<Row>(wires: readonly Wire[], toRow: (wire: Wire) => Row): ReadRows<Row> {
  const rows: Row[] = []
  let flaw: RegistryError | null = null
  for (const wire of wires) {
    try {
      rows.push(toRow(wire))
    } catch (error) {
      if (!RegistryError.is(error)) throw error
      flaw ??= error
    }
  }
  return { rows, flaw }
}
