import { sql } from 'kysely'
import type { VersionKey } from '../../contract/index.ts'
import type { GatewayDatabase } from '../database.ts'
import type { CatalogTables } from './tables.ts'

/** So many rows at a time. */
export const keysAtOnce = 500

/** What syncs ask of the catalog. */
export class SyncReads {
  readonly #database: GatewayDatabase<CatalogTables>

  constructor(database: GatewayDatabase<CatalogTables>) {
    this.#database = database
  }

  async counts(id: number): Promise<{ readonly models: number; readonly versions: number }> {
    const { queries } = this.#database
    const [models, versions] = await Promise.all(
      (['catalog_model', 'catalog_version'] as const).map((table) =>
        queries
          .selectFrom(table)
          .select(sql<number>`count(*)`.as('count'))
          .where('registry_id', '=', id)
          .executeTakeFirstOrThrow(),
      ),
    )
    return { models: models?.count ?? 0, versions: versions?.count ?? 0 }
  }

  /** Versions that can be used and whose size nobody knows, the youngest first. */
  async versionsToSize(
    id: number,
    { lookedAtBefore, limit }: { readonly lookedAtBefore: number; readonly limit: number },
  ): Promise<VersionKey[]> {
    return this.#database.queries
      .selectFrom('catalog_version as v')
      .innerJoin('catalog_model as m', 'm.id', 'v.model_id')
      .select(['m.name as model', 'v.version'])
      .where('v.registry_id', '=', id)
      .where('v.status', '=', 'READY')
      .where('v.total_bytes', 'is', null)
      .where(({ or, eb }) =>
        or([eb('v.files_looked_at', 'is', null), eb('v.files_looked_at', '<', lookedAtBefore)]),
      )
      .orderBy('v.id', 'desc')
      .limit(limit)
      .execute()
  }

  /** Models that a sweep has not seen since it began, by name. */
  async unseenModels(id: number, since: number, after: string | null): Promise<string[]> {
    const rows = await this.#database.queries
      .selectFrom('catalog_model')
      .select('name')
      .where('registry_id', '=', id)
      .where('looked_at', '<', since)
      .$if(after !== null, (models) => models.where('name', '>', after ?? ''))
      .orderBy('name')
      .limit(keysAtOnce)
      .execute()
    return rows.map(({ name }) => name)
  }

  /** @param after the id of the last one that was given. */
  async unseenVersions(
    id: number,
    since: number,
    after: number,
  ): Promise<(VersionKey & { readonly id: number })[]> {
    return this.#database.queries
      .selectFrom('catalog_version as v')
      .innerJoin('catalog_model as m', 'm.id', 'v.model_id')
      .select(['v.id', 'm.name as model', 'v.version'])
      .where('v.registry_id', '=', id)
      .where('v.looked_at', '<', since)
      .where('v.id', '>', after)
      .orderBy('v.id')
      .limit(keysAtOnce)
      .execute()
  }

  /** Runs that versions name and that were not looked at since then, or are not over; by id, in order. */
  async runsToRead(
    id: number,
    {
      since,
      after,
      unfinished,
    }: { readonly since: number; readonly after: string; readonly unfinished: boolean },
  ): Promise<string[]> {
    const isDue = unfinished
      ? sql<boolean>`(r.id is null or (r.state = 'there' and r.ended_at is null and r.looked_at < ${since}))`
      : sql<boolean>`(r.id is null or r.looked_at < ${since})`
    const rows = await this.#database.queries
      .selectFrom('catalog_version as v')
      .leftJoin('catalog_run as r', (join) =>
        join.onRef('r.registry_id', '=', 'v.registry_id').onRef('r.run_id', '=', 'v.run_id'),
      )
      .select('v.run_id')
      .distinct()
      .where('v.registry_id', '=', id)
      .where('v.run_id', '>', after)
      .where(isDue)
      .orderBy('v.run_id')
      .limit(keysAtOnce)
      .execute()
    return rows.flatMap(({ run_id }) => (run_id === null ? [] : [run_id]))
  }

  async dirtyModels(id: number): Promise<string[]> {
    const rows = await this.#database.queries
      .selectFrom('catalog_touch')
      .select('model')
      .where('registry_id', '=', id)
      .where('dirty', '=', 1)
      .orderBy('model')
      .limit(keysAtOnce)
      .execute()
    return rows.map(({ model }) => model)
  }
}
