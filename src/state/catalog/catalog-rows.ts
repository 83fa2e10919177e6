import { type Kysely, sql } from 'kysely'
import type {
  ModelRecord,
  ModelVersionRecord,
  RunRecord,
  VersionKey,
  VersionStatus,
} from '../../contract/index.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { GatewayDatabase } from '../database.ts'
import type { CatalogModelRow, CatalogRunRow, CatalogTables, CatalogVersionRow } from './tables.ts'
import { toVersionPlace } from './version-place.ts'

type Database = Pick<GatewayDatabase<CatalogTables>, 'functions'> & {
  readonly queries: Kysely<CatalogTables>
}

/**
 * The models of the registry as `m`, whole.
 *
 * @param part `null` where a join with what was picked says which: SQLite would sooner go through all of the registry.
 */
export function selectModels({ queries, functions }: Database, part: RegistryPart | null) {
  const tags = sql<string>`(
    select ${functions.jsonPairs(sql.ref('t.key'), sql.ref('t.value'))} from catalog_model_tag as t
    where t.model_id = m.id)`
  const aliases = sql<string>`(
    select ${functions.jsonPairs(sql.ref('a.name'), sql.ref('a.version'))} from catalog_alias as a
    where a.model_id = m.id)`
  return queries
    .selectFrom('catalog_model as m')
    .$if(part !== null, (models) => models.where('m.registry_id', '=', part?.id ?? -1))
    .select(['m.id', 'm.name', 'm.description', 'm.archived', 'm.created_at', 'm.updated_at', 'm.looked_at'])
    .select([tags.as('tags'), aliases.as('aliases')])
}

/** The versions of the registry as `v` with their models as `m`. */
export function selectVersions({ queries }: Database, part: RegistryPart | null) {
  const all = queries.selectFrom('catalog_version as v').innerJoin('catalog_model as m', 'm.id', 'v.model_id')
  if (part === null) return all
  return all.where('v.registry_id', '=', part.id).where('m.registry_id', '=', part.id)
}

/**
 * The same, whole.
 *
 * @param part `null` where a join with what was picked says which, as for {@link selectModels}.
 */
export function selectVersionRows(database: Database, part: RegistryPart | null) {
  const { functions } = database
  const tags = sql<string>`(
    select ${functions.jsonPairs(sql.ref('t.key'), sql.ref('t.value'))} from catalog_version_tag as t
    where t.version_id = v.id)`
  const aliases = sql<string>`(
    select ${functions.jsonPairs(sql.ref('a.name'), sql.ref('a.version'))} from catalog_alias as a
    where a.model_id = v.model_id and a.version = v.version)`
  return selectVersions(database, part)
    .select(['v.id', 'v.model_id', 'm.name as model_name', 'v.version', 'v.description', 'v.stage'])
    .select(['v.archived', 'v.status', 'v.status_message', 'v.source', 'v.artifact_uri', 'v.run_id'])
    .select([
      'v.digest',
      'v.size_bytes',
      'v.total_bytes',
      'v.copied_from',
      'v.created_at',
      'v.updated_at',
      'v.created_by',
      'v.looked_at',
    ])
    .select([tags.as('tags'), aliases.as('aliases')])
}

/**
 * Those that are named. The names are joined, as SQLite goes through all versions of a registry for a pair of two tables'
 * columns that is in a list.
 */
export function selectNamedVersions(database: Database, { id }: RegistryPart, keys: readonly VersionKey[]) {
  const named = database.functions.pairRows(
    keys.map(({ model, version }) => [model, toVersionPlace(version)] as const),
  )
  return selectVersionRows(database, null)
    .innerJoin(named.as('k'), (join) =>
      join.onRef('k.first', '=', 'm.name').onRef('k.second', '=', 'v.place'),
    )
    .where('m.registry_id', '=', id)
}

interface Gathered {
  /** JSON: pairs of key and value. */
  readonly tags: string
  /** JSON: pairs of name and version. */
  readonly aliases: string
}

type ModelRow = Gathered &
  Pick<CatalogModelRow, 'name' | 'description' | 'archived' | 'created_at' | 'updated_at'>

export function toModelRecord(row: ModelRow): ModelRecord {
  return {
    name: row.name,
    description: row.description,
    tags: toTags(row.tags),
    aliases: toPairs(row.aliases).map(([name, version]) => ({ name, version })),
    createdAt: toTime(row.created_at),
    updatedAt: toTime(row.updated_at),
    archived: row.archived === 1,
    latestVersions: null,
  }
}

type VersionRow = Gathered & { readonly model_name: string } & Omit<
    CatalogVersionRow,
    'id' | 'registry_id' | 'model_id' | 'place' | 'files_looked_at' | 'looked_at'
  >

/** With the size that the gateway knows. */
export function toSizedRecord(row: VersionRow): ModelVersionRecord {
  return { ...toVersionRecord(row), sizeBytes: row.total_bytes }
}

/** As its registry gave it. */
export function toVersionRecord(row: VersionRow): ModelVersionRecord {
  return {
    modelName: row.model_name,
    version: row.version,
    description: row.description,
    tags: toTags(row.tags),
    aliases: toPairs(row.aliases).map(([name]) => name),
    stage: row.stage,
    archived: row.archived === 1,
    status: row.status as VersionStatus,
    statusMessage: row.status_message,
    source: row.source,
    artifactUri: row.artifact_uri,
    runId: row.run_id,
    digest: row.digest,
    sizeBytes: row.size_bytes,
    createdAt: toTime(row.created_at),
    updatedAt: toTime(row.updated_at),
    createdBy: row.created_by,
  }
}

export function toRunRecord(
  row: Omit<CatalogRunRow, 'id'>,
  metrics: RunRecord['metrics'],
  params: RunRecord['params'],
): RunRecord {
  return {
    runId: row.run_id,
    name: row.name,
    status: row.status,
    startedAt: toTime(row.started_at),
    endedAt: toTime(row.ended_at),
    metrics,
    params,
    url: row.url,
    tags: row.tags === null ? null : JSON.parse(row.tags),
    sourceCommit: row.source_commit,
    datasets: row.datasets === null ? null : JSON.parse(row.datasets),
    ...(row.files_only === 1 && { filesOnly: true }),
  }
}

function toTags(pairs: string) {
  return toPairs(pairs).map(([key, value]) => ({ key, value }))
}

function toPairs(json: string): [string, string][] {
  return JSON.parse(json)
}

function toTime(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds)
}
