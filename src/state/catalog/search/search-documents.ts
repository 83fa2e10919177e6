import { type Kysely, sql } from 'kysely'
import type { FieldText } from '../../../words/word-document.ts'
import type { GatewayDatabase } from '../../database.ts'
import { amongIds } from '../catalog-part.ts'
import { toVersionPlace } from '../version-place.ts'
import type { SearchTables } from './tables.ts'

export interface DocumentSource extends Pick<GatewayDatabase, 'kind' | 'functions'> {
  readonly queries: Kysely<SearchTables>
  /** Tags that are the gateway's own are not searched. */
  readonly isOwnTag: (key: string) => boolean
}

/** What is searched of one model, or of one version. */
export interface SearchedTexts {
  readonly id: number
  readonly modelId: number
  readonly registryId: number
  readonly texts: readonly FieldText[]
  readonly holdsAlias: boolean
}

/** Beyond these a model's other aliases add nothing that is searched. */
const mostHolders = 20

export async function textsOfVersions(
  source: DocumentSource,
  ids: readonly number[],
): Promise<SearchedTexts[]> {
  if (ids.length === 0) return []
  const rows = await selectVersionTexts(source)
    .where(amongIds(source, 'v.id', ids))
    .execute()
  return rows.map((row) => toVersionTexts(source, row))
}

/** With what its newest version says, and those that hold an alias. */
export async function textsOfModels(
  source: DocumentSource,
  ids: readonly number[],
): Promise<SearchedTexts[]> {
  if (ids.length === 0) return []
  const { queries, functions } = source
  const rows = await queries
    .selectFrom('catalog_model as m')
    .select(['m.id', 'm.registry_id', 'm.name', 'm.description'])
    .select([
      sql<string>`(select ${functions.jsonPairs(sql.ref('t.key'), sql.ref('t.value'))}
        from catalog_model_tag as t where t.model_id = m.id)`.as('tags'),
      sql<string>`(select ${functions.jsonPairs(sql.ref('a.name'), sql.ref('a.version'))}
        from catalog_alias as a where a.model_id = m.id)`.as('aliases'),
      sql<string | null>`(select max(v.place) from catalog_version as v where v.model_id = m.id)`.as(
        'newest',
      ),
    ])
    .where(amongIds(source, 'm.id', ids))
    .execute()
  const models = rows.map((row) => ({ ...row, aliases: toPairs(row.aliases) }))
  const versions = await loadShown(source, models)
  return models.map((model) => ({
    id: model.id,
    modelId: model.id,
    registryId: model.registry_id,
    holdsAlias: false,
    texts: [
      { kind: 'name', field: 'name', text: model.name },
      ...model.aliases.map(([name]): FieldText => ({ kind: 'alias', field: 'aliases', text: name })),
      ...tagTexts(source, toPairs(model.tags)),
      ...described(model.description),
      ...(versions.get(model.id) ?? []).flatMap(ofVersion),
    ],
  }))
}

interface ShownModel {
  readonly id: number
  readonly newest: string | null
  readonly aliases: readonly (readonly [string, string])[]
}

async function loadShown(source: DocumentSource, models: readonly ShownModel[]) {
  const places = models.flatMap(({ id, newest, aliases }) => {
    const held = aliases.slice(0, mostHolders).map(([, version]) => toVersionPlace(version))
    const all = new Set(newest === null ? held : [newest, ...held])
    return [...all].map((place) => [place, id] as const)
  })
  if (places.length === 0) return new Map<number, VersionTexts[]>()
  const rows = await selectVersionTexts(source)
    .where(source.functions.inPairs(sql.ref('v.place'), sql.ref('v.model_id'), places))
    .execute()
  const texts = rows.map((row): VersionTexts => ({ ...toVersionTexts(source, row), version: row.version }))
  return Map.groupBy(texts, ({ modelId }) => modelId)
}

interface VersionTexts extends SearchedTexts {
  readonly version: string
}

/** Its aliases are the model's, and are said there. */
function ofVersion({ version, texts }: VersionTexts): FieldText[] {
  return texts
    .filter(({ kind }) => kind !== 'alias')
    .map(({ field, text }) => ({ kind: 'version', field: `versions.${version}.${field}`, text }))
}

function selectVersionTexts({ queries, functions }: DocumentSource) {
  return queries
    .selectFrom('catalog_version as v')
    .leftJoin('catalog_run as r', (join) =>
      join.onRef('r.registry_id', '=', 'v.registry_id').onRef('r.run_id', '=', 'v.run_id'),
    )
    .select(['v.id', 'v.model_id', 'v.registry_id', 'v.version', 'v.description', 'r.name as run'])
    .select([
      sql<string>`(select ${functions.jsonPairs(sql.ref('t.key'), sql.ref('t.value'))}
        from catalog_version_tag as t where t.version_id = v.id)`.as('tags'),
      sql<string>`(select ${functions.jsonPairs(sql.ref('a.name'), sql.ref('a.version'))}
        from catalog_alias as a where a.model_id = v.model_id and a.version = v.version)`.as('aliases'),
      sql<string>`(select ${functions.jsonPairs(sql.ref('p.key'), sql.ref('p.value'))}
        from catalog_run_param as p where p.run = r.id)`.as('params'),
    ])
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersionTexts>['execute']>>[number]

function toVersionTexts(source: DocumentSource, row: VersionRow): SearchedTexts {
  const aliases = toPairs(row.aliases)
  return {
    id: row.id,
    modelId: row.model_id,
    registryId: row.registry_id,
    holdsAlias: aliases.length > 0,
    texts: [
      ...nameOfVersion(row.version),
      ...aliases.map(([name]): FieldText => ({ kind: 'alias', field: 'aliases', text: name })),
      ...tagTexts(source, toPairs(row.tags)),
      ...described(row.description),
      ...(row.run === null ? [] : [{ kind: 'run', field: 'run.name', text: row.run } as const]),
      ...toPairs(row.params).flatMap(([key, value]): FieldText[] => [
        { kind: 'param', field: `params.${key}`, text: key },
        { kind: 'param', field: `params.${key}`, text: value },
      ]),
    ],
  }
}

/** Every model has a version 3. */
function nameOfVersion(version: string): FieldText[] {
  return /^\d+$/.test(version) ? [] : [{ kind: 'value', field: 'version', text: version }]
}

function described(description: string | null): FieldText[] {
  return description === null ? [] : [{ kind: 'description', field: 'description', text: description }]
}

function tagTexts({ isOwnTag }: DocumentSource, tags: readonly (readonly [string, string])[]): FieldText[] {
  return tags
    .filter(([key]) => !isOwnTag(key))
    .flatMap(([key, value]): FieldText[] => [
      { kind: 'key', field: `tags.${key}`, text: key },
      { kind: 'value', field: `tags.${key}`, text: value },
    ])
}

function toPairs(json: string): [string, string][] {
  return JSON.parse(json)
}
