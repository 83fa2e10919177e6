import { sql } from 'kysely'
import type { ModelRecord } from '../../../contract/index.ts'
import type { SqlFunctions } from '../../../state/sql-functions.ts'
import type { LocalRegistry } from '../registry.ts'
import type { LocalModelRow } from '../store/tables.ts'

interface ModelRow extends Pick<LocalModelRow, 'name' | 'description' | 'created_at' | 'updated_at'> {
  /** JSON: pairs of key and value. */
  readonly tags: string
  /** JSON: pairs of name and number. */
  readonly aliases: string
}

/** The models of the registry as `m`, whole: tags and aliases come along in the same statement. */
export function selectModelRows({ name, database }: LocalRegistry) {
  return database.queries
    .selectFrom('local_model as m')
    .where('m.registry', '=', name)
    .select(['m.name', 'm.description', 'm.created_at', 'm.updated_at'])
    .select([selectTags(database.functions).as('tags'), selectAliases(database.functions).as('aliases')])
}

function selectTags({ jsonPairs }: SqlFunctions) {
  return sql<string>`(
    select ${jsonPairs(sql.ref('t.key'), sql.ref('t.value'))} from local_model_tag as t where t.model_id = m.id)`
}

function selectAliases({ jsonPairs }: SqlFunctions) {
  return sql<string>`(
    select ${jsonPairs(sql.ref('a.name'), sql.ref('a.number'))} from local_alias as a where a.model_id = m.id)`
}

export function toModelRecord(row: ModelRow): ModelRecord {
  const tags: [string, string][] = JSON.parse(row.tags)
  const aliases: [string, number][] = JSON.parse(row.aliases)
  return {
    name: row.name,
    description: row.description,
    tags: tags.map(([key, value]) => ({ key, value })),
    aliases: aliases.map(([name, number]) => ({ name, version: String(number) })),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    archived: false,
    latestVersions: null,
  }
}
