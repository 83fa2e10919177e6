import type { VersionKey } from '../../contract/index.ts'
import type { CatalogPart } from './catalog-part.ts'
import { knownVersions } from './known-rows.ts'

/** What was counted of a version's files; it stays when somebody has said how large it is meanwhile. */
export async function takeSize(part: CatalogPart, key: VersionKey, sizeBytes: number | null): Promise<void> {
  if (part.busy.has(key.model)) return
  const [known] = (await knownVersions(part, [key])).values()
  if (known === undefined || known.totalBytes !== null) return
  await part.queries
    .updateTable('catalog_version')
    .set({ total_bytes: sizeBytes, files_looked_at: part.look.at })
    .where('id', '=', known.id)
    .execute()
  part.versions.add(known.id)
}
