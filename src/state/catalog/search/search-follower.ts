import type { Kysely } from 'kysely'
import type { GatewayDatabase } from '../../database.ts'
import { amongIds, type CatalogChange, type CatalogFollower } from '../catalog-part.ts'
import type { DocumentSource } from './search-documents.ts'
import type { SearchTables } from './tables.ts'
import { removeDocuments, writeModels, writeVersions } from './write-documents.ts'

/** Keeps what is searched in step: within each transaction that changes the catalog. */
export class SearchFollower implements CatalogFollower {
  readonly #source: Omit<DocumentSource, 'queries'>

  constructor({ kind, functions }: GatewayDatabase, isOwnTag: (key: string) => boolean) {
    this.#source = { kind, functions, isOwnTag }
  }

  async follow(untyped: Kysely<unknown>, change: CatalogChange): Promise<void> {
    const source: DocumentSource = { ...this.#source, queries: untyped as Kysely<SearchTables> }
    const { goneModels, goneVersions } = change
    const versions = [...change.versions].filter((id) => !goneVersions.has(id))
    // A model has the words of its newest version, and of those that hold an alias.
    const models = new Set(change.models)
    for (const id of await modelsOf(source, 'search_version', 'id', goneVersions)) models.add(id)
    for (const id of await modelsOf(source, 'catalog_version', 'id', versions)) models.add(id)
    await removeDocuments(source, 'search_model', [...goneModels])
    await removeDocuments(source, 'search_version', [...goneVersions])
    await writeVersions(source, versions)
    await writeModels(
      source,
      [...models].filter((id) => !goneModels.has(id)),
    )
  }
}

async function modelsOf(
  { kind, queries }: DocumentSource,
  table: 'search_version' | 'catalog_version',
  column: 'id',
  ids: Iterable<number>,
): Promise<number[]> {
  const all = [...ids]
  if (all.length === 0) return []
  const rows = await queries
    .selectFrom(table)
    .select('model_id')
    .distinct()
    .where(amongIds({ kind }, column, all))
    .execute()
  return rows.map(({ model_id }) => model_id)
}
