import type { Kysely } from 'kysely'
import type { GatewayDatabase } from '../../database.ts'
import { amongIds, type CatalogChange, type CatalogFollower } from '../catalog-part.ts'
import { comeTo } from './search-backlog.ts'
import type { DocumentSource } from './search-documents.ts'
import type { SearchTables } from './tables.ts'
import { removeDocuments, writeDocuments } from './write-documents.ts'

/**
 * Keeps what is searched in step: within each transaction that changes the catalog. What the backlog has not come to is left
 * to it, which takes it in as it is by then.
 */
export class SearchFollower implements CatalogFollower {
  readonly #source: Omit<DocumentSource, 'queries'>

  constructor({ kind, functions }: GatewayDatabase, isOwnTag: (key: string) => boolean) {
    this.#source = { kind, functions, isOwnTag }
  }

  async follow(untyped: Kysely<unknown>, change: CatalogChange): Promise<void> {
    const source: DocumentSource = { ...this.#source, queries: untyped as Kysely<SearchTables> }
    const { goneModels, goneVersions, registryId } = change
    const versions = [...change.versions].filter((id) => !goneVersions.has(id))
    // A model has the words of its newest version, and of those that hold an alias.
    const changed = new Set([...change.models, ...(await modelsOf(source, versions))])
    const models = [...changed].filter((id) => !goneModels.has(id))
    const until = await comeTo(source.queries, registryId)
    const laterModels = models.filter((id) => id > until.model)
    const laterVersions = versions.filter((id) => id > until.version)
    await removeDocuments(source, 'search_model', [...goneModels, ...laterModels])
    await removeDocuments(source, 'search_version', [...goneVersions, ...laterVersions])
    await writeDocuments(source, {
      models: models.filter((id) => id <= until.model),
      versions: versions.filter((id) => id <= until.version),
    })
  }
}

async function modelsOf({ kind, queries }: DocumentSource, versions: readonly number[]): Promise<number[]> {
  if (versions.length === 0) return []
  const rows = await queries
    .selectFrom('catalog_version')
    .select('model_id')
    .distinct()
    .where(amongIds({ kind }, 'id', versions))
    .execute()
  return rows.map(({ model_id }) => model_id)
}
