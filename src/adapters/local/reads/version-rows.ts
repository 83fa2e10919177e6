import { sql } from 'kysely'
import type { ModelVersionRecord, VersionStatus } from '../../../contract/index.ts'
import type { SqlFunctions } from '../../../state/sql-functions.ts'
import { archivedStage } from '../config.ts'
import type { LocalRegistry } from '../registry.ts'
import type { LocalVersionRow } from '../store/tables.ts'

interface VersionRow extends Omit<LocalVersionRow, 'model_id' | 'registry'> {
  /** JSON: pairs of key and value. */
  readonly tags: string
  /** JSON: pairs of name and number. */
  readonly aliases: string
}

/** The versions of the registry as `v`. */
export function selectVersions({ name, database }: LocalRegistry) {
  return database.queries.selectFrom('local_version as v').where('v.registry', '=', name)
}

/** The same, whole: tags and aliases come along in the same statement. */
export function selectVersionRows(registry: LocalRegistry) {
  const { functions } = registry.database
  return selectVersions(registry)
    .select(['v.model_name', 'v.number', 'v.description', 'v.stage', 'v.status', 'v.status_message'])
    .select(['v.source', 'v.artifact_uri', 'v.run_id', 'v.digest', 'v.size_bytes'])
    .select(['v.created_at', 'v.updated_at', 'v.created_by'])
    .select([selectTags(functions).as('tags'), selectAliases(functions).as('aliases')])
}

function selectTags({ jsonPairs }: SqlFunctions) {
  return sql<string>`(
    select ${jsonPairs(sql.ref('t.key'), sql.ref('t.value'))} from local_version_tag as t
    where t.model_id = v.model_id and t.number = v.number)`
}

function selectAliases({ jsonPairs }: SqlFunctions) {
  return sql<string>`(
    select ${jsonPairs(sql.ref('a.name'), sql.ref('a.number'))} from local_alias as a
    where a.model_id = v.model_id and a.number = v.number)`
}

export function toVersionRecord(row: VersionRow): ModelVersionRecord {
  const tags: [string, string][] = JSON.parse(row.tags)
  const aliases: [string, number][] = JSON.parse(row.aliases)
  return {
    modelName: row.model_name,
    version: String(row.number),
    description: row.description,
    tags: tags.map(([key, value]) => ({ key, value })),
    aliases: aliases.map(([name]) => name),
    stage: row.stage,
    archived: row.stage === archivedStage,
    status: row.status as VersionStatus,
    statusMessage: row.status_message,
    source: row.source,
    artifactUri: row.artifact_uri,
    runId: row.run_id,
    digest: row.digest,
    sizeBytes: row.size_bytes,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    createdBy: row.created_by,
  }
}

/** The number that a version's text is, `null` when no version here can have it. */
export function toVersionNumber(version: string): number | null {
  const number = Number(version)
  return /^[1-9][0-9]*$/.test(version) && Number.isSafeInteger(number) ? number : null
}
