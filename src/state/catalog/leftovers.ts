import { type Kysely, sql } from 'kysely'
import type { GatewayDatabase } from '../database.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { amongIds, type CatalogPart } from './catalog-part.ts'
import type { CatalogTables } from './tables.ts'
import { deleteRuns, deleteVersions } from './take-away.ts'

type Queries = Pick<GatewayDatabase, 'kind'> & { readonly queries: Kysely<CatalogTables> }

interface Leftover {
  /** The ids of those of a registry that nothing has to do with any more, or of those among these. */
  find(database: Queries, registryId: number, among: readonly number[] | null): Promise<number[]>
  remove(part: CatalogPart, ids: readonly number[]): Promise<void>
}

/** What is left when what it belonged to is gone. */
export const leftovers = {
  versions: {
    find: findIn(
      'catalog_version',
      sql<boolean>`not exists (select 1 from catalog_model as m where m.id = x.model_id)`,
    ),
    remove: deleteVersions,
  },
  runs: {
    find: findIn(
      'catalog_run',
      sql<boolean>`not exists (
        select 1 from catalog_version as v where v.registry_id = x.registry_id and v.run_id = x.run_id)`,
    ),
    remove: deleteRuns,
  },
  pairs: {
    find: findIn(
      'catalog_pair',
      sql<boolean>`not exists (select 1 from catalog_version_pair as l where l.pair_id = x.id)
        and not exists (select 1 from catalog_run_pair as l where l.pair_id = x.id)`,
    ),
    remove: async (part, ids) => {
      await part.queries
        .deleteFrom('catalog_pair')
        .where(amongIds(part, 'id', ids))
        .execute()
    },
  },
} satisfies Record<string, Leftover>

export type LeftoverKind = keyof typeof leftovers

/** Runs go with their versions, and pairs with both. */
export const leftoverKinds: readonly LeftoverKind[] = ['versions', 'runs', 'pairs']

function findIn(
  table: 'catalog_version' | 'catalog_run' | 'catalog_pair',
  isLeft: SqlCondition,
): Leftover['find'] {
  return async (database, registryId, among) => {
    const rows = await (database.queries as Kysely<Pick<CatalogTables, 'catalog_version'>>)
      .selectFrom(`${table as 'catalog_version'} as x`)
      .select('x.id')
      .where('x.registry_id', '=', registryId)
      .where(isLeft)
      .$if(among !== null, (left) => left.where(amongIds(database, 'x.id', among ?? [])))
      .execute()
    return rows.map(({ id }) => id)
  }
}
