import { sql } from 'kysely'
import type { CatalogPart } from './catalog-part.ts'
import { insertRows } from './insert-rows.ts'

/** Of a tag, or of a param. */
export interface Pair {
  readonly key: string
  readonly value: string
}

/** As the index of values has it. */
const indexedCharacters = 64

const links = {
  version: { table: 'catalog_version_pair', owner: 'version_id' },
  run: { table: 'catalog_run_pair', owner: 'run' },
} as const

/** Gives versions their tags, or runs their params; those that have none. */
export async function insertPairs(
  part: CatalogPart,
  kind: keyof typeof links,
  owned: readonly (readonly [number, readonly Pair[]])[],
): Promise<void> {
  const ids = await idsOfPairs(
    part,
    owned.flatMap(([, pairs]) => pairs),
  )
  const rows = owned.flatMap(([owner, pairs]) =>
    pairs.map(({ key, value }) => [owner, ids.get(key)?.get(value) ?? -1]),
  )
  const { table, owner } = links[kind]
  await insertRows(part, table, [owner, 'pair_id'], rows)
}

/** The beginning of a value, by which the index finds it. */
export function indexedStart(value: string): string {
  // Most are shorter, and none of their characters takes two places.
  return value.length <= indexedCharacters ? value : [...value].slice(0, indexedCharacters).join('')
}

interface KeptPair extends Pair {
  readonly id: number
}

type PairIds = ReadonlyMap<string, ReadonlyMap<string, number>>

/** By key and value. Whoever changes the registry's part holds its row, so nobody else makes them meanwhile. */
async function idsOfPairs(part: CatalogPart, pairs: readonly Pair[]): Promise<PairIds> {
  const ids = new Map<string, Map<string, number>>()
  for (const { key, value } of pairs) {
    const values = ids.get(key)
    if (values) values.set(value, -1)
    else ids.set(key, new Map([[value, -1]]))
  }
  if (ids.size === 0) return ids
  const take = (rows: readonly KeptPair[]) => {
    for (const { id, key, value } of rows) {
      const values = ids.get(key)
      if (values?.has(value)) values.set(value, id)
    }
  }
  take(await findPairs(part, ids))
  const fresh = [...ids].flatMap(([key, values]) =>
    [...values].flatMap(([value, id]) => (id === -1 ? [[part.id, key, value] as const] : [])),
  )
  const columns = ['registry_id', 'key', 'value']
  take(await insertRows<KeptPair>(part, 'catalog_pair', columns, fresh, ['id', 'key', 'value']))
  return ids
}

function findPairs({ queries, functions, id }: CatalogPart, ids: PairIds) {
  const starts = [...ids].flatMap(([key, values]) =>
    [...values.keys()].map((value) => [key, indexedStart(value)] as const),
  )
  return queries
    .selectFrom('catalog_pair')
    .select(['id', 'key', 'value'])
    .where('registry_id', '=', id)
    .where(functions.inPairs(sql.ref('key'), sql`substr(value, 1, 64)`, starts))
    .execute()
}
