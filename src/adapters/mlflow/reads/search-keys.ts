import { RegistryError } from '../../../contract/index.ts'
import type { ReadRows } from '../../http/read-rows.ts'

/** An answer to a search, and what says that there is more; `null`: there is not. */
type FoundRows<Row> = ReadRows<Row> & { readonly next: number | string | null }

/**
 * The rows of some keys. A server may give fewer at once than it is asked for, by its own bound or that of what stands in
 * front of it: those that it has left out are asked for again, as it has not said that they are not there. With a flaw, what
 * is missing may be there all the same.
 */
export async function searchKeys<Row>(
  keys: readonly string[],
  keyOf: (row: Row) => string,
  search: (keys: readonly string[]) => Promise<FoundRows<Row>>,
): Promise<ReadRows<Row>> {
  const rows: Row[] = []
  let open = keys
  for (;;) {
    const found = await search(open)
    rows.push(...found.rows)
    if (found.next === null || found.flaw !== null) return { rows, flaw: found.flaw }
    const there = new Set(found.rows.map(keyOf))
    const left = open.filter((key) => !there.has(key))
    if (left.length === 0) return { rows, flaw: null }
    if (left.length === open.length) return { rows, flaw: givesOthers() }
    open = left
  }
}

function givesOthers(): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    'The registry gives other rows than those that it is asked for, and says that there are more.',
  )
}
