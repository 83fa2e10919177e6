import { sql } from 'kysely'
import type { CatalogPart } from './catalog-part.ts'

/** They are read again with all that has to be known of them. */
export async function markClean(part: CatalogPart, names: readonly string[]): Promise<void> {
  await part.queries
    .updateTable('catalog_touch')
    .set({ dirty: 0, known_until: null })
    .where('registry_id', '=', part.id)
    .where(part.functions.inTexts(sql.ref('model'), names))
    .execute()
}

/** What is read since a sweep began was read after what had been written before it. */
export async function forgetTouches({ queries, id }: CatalogPart, touch: number): Promise<void> {
  await queries
    .deleteFrom('catalog_touch')
    .where('registry_id', '=', id)
    .where('touch', '<=', touch)
    .where('dirty', '=', 0)
    .execute()
}
