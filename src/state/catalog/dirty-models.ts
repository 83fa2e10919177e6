import { type Kysely, sql } from 'kysely'
import type { CatalogTables } from './tables.ts'

/** Has to be read again. What was found sooner stands until it is. */
export async function markDirty(
  queries: Kysely<CatalogTables>,
  {
    id,
    model,
    knownUntil,
  }: { readonly id: number; readonly model: string; readonly knownUntil: number | null },
): Promise<void> {
  const kept = sql<number | null>`case when catalog_touch.dirty = 1
    then catalog_touch.known_until else excluded.known_until end`
  await queries
    .insertInto('catalog_touch')
    .values({ registry_id: id, model, touch: 0, dirty: 1, known_until: knownUntil })
    .onConflict((conflict) =>
      conflict.columns(['registry_id', 'model']).doUpdateSet({ dirty: 1, known_until: kept }),
    )
    .execute()
}

/** Of one registry, with the time until when everything of them was known. */
export async function dirtyOf(
  queries: Kysely<CatalogTables>,
  id: number,
): Promise<Map<string, number | null>> {
  const rows = await queries
    .selectFrom('catalog_touch')
    .select(['model', 'known_until'])
    .where('registry_id', '=', id)
    .where('dirty', '=', 1)
    .execute()
  return new Map(rows.map(({ model, known_until }) => [model, known_until]))
}
