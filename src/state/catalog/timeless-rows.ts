import type { CatalogPart } from './catalog-part.ts'

/** Looks again whether some rows have no times, while nobody else takes one in. */
export async function findTimeless({ queries, id }: CatalogPart): Promise<void> {
  await queries
    .updateTable('catalog_registry')
    .set({ timeless: (await hasTimeless({ queries, id })) ? 1 : 0 })
    .where('id', '=', id)
    .execute()
}

async function hasTimeless({ queries, id }: Pick<CatalogPart, 'queries' | 'id'>): Promise<boolean> {
  for (const table of ['catalog_model', 'catalog_version'] as const) {
    for (const column of ['created_at', 'updated_at'] as const) {
      const found = await queries
        .selectFrom(table)
        .select('id')
        .where('registry_id', '=', id)
        .where(column, 'is', null)
        .limit(1)
        .executeTakeFirst()
      if (found) return true
    }
  }
  return false
}
