import type { Kysely } from 'kysely'
import type { Unclear } from './registry-state.ts'
import type { CatalogTables } from './tables.ts'
import type { WriteUnderWay } from './write-under-way.ts'

/** Of which registries not everything is known, by their ids: models have to be read again, or somebody writes to them. */
export async function unclearParts(
  queries: Kysely<CatalogTables>,
  ids: ReadonlyMap<string, number>,
  underWay: readonly WriteUnderWay[],
): Promise<Map<number, Unclear>> {
  const rows = await queries
    .selectFrom('catalog_touch')
    .select(['registry_id', ({ fn }) => fn.min('known_until').as('since')])
    .where('dirty', '=', 1)
    .groupBy('registry_id')
    .execute()
  const parts = new Map<number, Unclear>(
    rows.map(({ registry_id, since }) => [registry_id, { since, isLeftBehind: false }]),
  )
  for (const { registry, begunAt, isOverdue, isLeftBehind } of underWay) {
    const id = ids.get(registry)
    if (id === undefined || isLeftBehind) continue
    const before = parts.get(id)
    parts.set(id, {
      since: Math.min(before?.since ?? begunAt, begunAt),
      isLeftBehind: isOverdue || before?.isLeftBehind === true,
    })
  }
  return parts
}
