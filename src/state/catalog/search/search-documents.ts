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

/** What is searched of one version. */
export interface VersionTexts {
  readonly id: number
  readonly modelId: number
  readonly version: string
  readonly texts: readonly FieldText[]
  readonly holdsAlias: boolean
}

/** What is searched of one model beside its versions, and the ids of those that say something of it. */
export interface ModelTexts {
  readonly id: number
  readonly texts: readonly FieldText[]
  readonly shown: readonly number[]
}

/** Beyond these a model's other aliases add nothing that is searched. */
const mostHolders = 20

export async function textsOfVersions(
  source: DocumentSource,
  ids: readonly number[],
): Promise<VersionTexts[]> {
  if (ids.length === 0) return []
  const rows = await selectVersionTexts(source)
    .where(amongIds(source, 'v.id', ids))
    .execute()
  return rows.map((row) => toVersionTexts(source, row))
}

/** Shown are its newest version, and those that hold an alias. */
export async function textsOfModels(source: DocumentSource, ids: readonly number[]): Promise<ModelTexts[]> {
  if (ids.length === 0) return []
  const { queries, functions } = source
  const rows = await queries
    .selectFrom('catalog_model as m')
    .select(['m.id', 'm.name', 'm.description'])
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
  const shown = await idsOfShown(source, models)
  return models.map(({ id, name, description, tags, aliases }) => ({
    id,
    shown: shown.get(id) ?? [],
    texts: [
      { kind: 'name', field: 'name', text: name },
      ...aliases.map(([alias]): FieldText => ({ kind: 'alias', field: 'aliases', text: alias })),
      ...tagTexts(source, toPairs(tags)),
      ...described(description),
    ],
  }))
}

interface ShownModel {
  readonly id: number
  readonly newest: string | null
  readonly aliases: readonly (readonly [string, string])[]
}

async function idsOfShown(
  { queries, functions }: DocumentSource,
  models: readonly ShownModel[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const places = models.flatMap(({ id, newest, aliases }) => {
    const held = aliases.slice(0, mostHolders).map(([, version]) => toVersionPlace(version))
    const all = new Set(newest === null ? held : [newest, ...held])
    return [...all].map((place) => [place, id] as const)
  })
  if (places.length === 0) return new Map()
  const rows = await queries
    .selectFrom('catalog_version as v')
    .select(['v.id', 'v.model_id'])
    .where(functions.inPairs(sql.ref('v.place'), sql.ref('v.model_id'), places))
    .orderBy('v.place', 'desc')
    .execute()
  const byModel = Map.groupBy(rows, ({ model_id }) => model_id)
  return new Map([...byModel].map(([id, own]) => [id, own.map((row) => row.id)]))
}

/** As the texts of a version stand among those of its model; its aliases are the model's, and are said there. */
export function textsInModel({ version, texts }: VersionTexts): FieldText[] {
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
    .select(['v.id', 'v.model_id', 'v.version', 'v.description', 'r.name as run'])
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

function toVersionTexts(source: DocumentSource, row: VersionRow): VersionTexts {
  const aliases = toPairs(row.aliases)
  return {
    id: row.id,
    modelId: row.model_id,
    version: row.version,
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
