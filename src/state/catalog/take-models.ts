import { type Selectable, sql } from 'kysely'
import type { ModelRecord } from '../../contract/index.ts'
import { amongIds, type CatalogPart } from './catalog-part.ts'
import { differencesOfModel, differencesOfUnseen } from './differences.ts'
import { insertRows } from './insert-rows.ts'
import { keepableModel } from './keepable.ts'
import { isAnother, type KnownModel, knownModels, neverLookedAt } from './known-rows.ts'
import type { CatalogModelRow } from './tables.ts'
import { takeAwayModels } from './take-away.ts'

/**
 * Takes in models as the registry has them, with their tags and aliases. Those that others are at are left for later.
 *
 * @param lookedAt since when what others change of them is noticed.
 */
export async function takeModels(
  part: CatalogPart,
  given: readonly ModelRecord[],
  at: number,
  lookedAt = part.look.at,
): Promise<void> {
  const records = new Map<string, ModelRecord>()
  for (const model of given) {
    const record = keepableModel(model)
    if (record === null) continue
    if (part.busy.has(record.name)) part.defer(record.name)
    else records.set(record.name, record)
  }
  const known = await knownModels(part, [...records.keys()])
  await takeAwayFormers(part, known, records, at)
  const fresh: ModelRecord[] = []
  const same: number[] = []
  for (const record of records.values()) {
    const before = known.get(record.name)
    const lastLook = before?.lookedAt ?? part.knownUntil(record.name)
    const differences = differencesOfModel(before?.record ?? null, record)
    part.observe(before?.lookedAt === null ? differencesOfUnseen(differences) : differences, lastLook, at)
    if (before === undefined) fresh.push(record)
    else if (isSame(before.record, record)) same.push(before.id)
    else await replaceModel(part, before, record, lookedAt)
  }
  await insertModels(part, fresh, lookedAt)
  if (same.length === 0) return
  await part.queries
    .updateTable('catalog_model')
    .set({ looked_at: lookedAt })
    .where(amongIds(part, 'id', same))
    .execute()
}

/** What had the name before another one was made under it; the versions of that one have to be read. */
async function takeAwayFormers(
  part: CatalogPart,
  known: Map<string, KnownModel>,
  records: ReadonlyMap<string, ModelRecord>,
  at: number,
): Promise<void> {
  const names = [...known].flatMap(([name, { record }]) => {
    const now = records.get(name)
    return now !== undefined && isAnother(record, now) ? [name] : []
  })
  if (names.length === 0) return
  await takeAwayModels(part, names, at)
  for (const name of names) {
    known.delete(name)
    part.defer(name)
  }
}

/** Aliases are compared too; the latest versions are rows of their own. */
function isSame(before: ModelRecord, after: ModelRecord): boolean {
  return formOf(before) === formOf(after)
}

function formOf({ description, archived, createdAt, updatedAt, tags, aliases }: ModelRecord): string {
  return JSON.stringify([description, archived, createdAt, updatedAt, tags, aliases])
}

/** With its tags and aliases; under the name that it has. */
export async function replaceModel(
  part: CatalogPart,
  { id, record: before }: KnownModel,
  after: ModelRecord,
  lookedAt: number | null,
): Promise<void> {
  const { queries } = part
  await queries
    .updateTable('catalog_model')
    .set(columnsOf(after, lookedAt ?? neverLookedAt))
    .where('id', '=', id)
    .execute()
  if (JSON.stringify(before.tags) !== JSON.stringify(after.tags)) {
    await queries.deleteFrom('catalog_model_tag').where('model_id', '=', id).execute()
    await insertTags(part, [[id, after]])
  }
  if (JSON.stringify(before.aliases) !== JSON.stringify(after.aliases)) {
    await queries.deleteFrom('catalog_alias').where('model_id', '=', id).execute()
    await insertAliases(part, [[id, after]])
    await noteHolders(
      part,
      id,
      [...before.aliases, ...after.aliases].map(({ version }) => version),
    )
  }
  part.noteTimes(after)
  part.models.add(id)
}

/** What holds an alias says so itself. */
async function noteHolders(part: CatalogPart, modelId: number, versions: readonly string[]): Promise<void> {
  const rows = await part.queries
    .selectFrom('catalog_version')
    .select('id')
    .where('model_id', '=', modelId)
    .where(part.functions.inTexts(sql.ref('version'), versions))
    .execute()
  for (const { id } of rows) part.versions.add(id)
}

async function insertModels(
  part: CatalogPart,
  records: readonly ModelRecord[],
  lookedAt: number,
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map((record) => {
    const row = columnsOf(record, lookedAt)
    return [
      part.id,
      record.name,
      row.description,
      row.archived,
      row.created_at,
      row.updated_at,
      row.looked_at,
    ]
  })
  const ids = await insertRows<Inserted>(part, 'catalog_model', modelColumns, rows, ['id', 'name'])
  const byName = new Map(ids.map(({ id, name }) => [name, id]))
  const owned = records.map((record) => [byName.get(record.name) ?? -1, record] as const)
  await insertTags(part, owned)
  await insertAliases(part, owned)
  for (const [id, record] of owned) {
    part.noteTimes(record)
    part.models.add(id)
  }
}

type Inserted = Pick<Selectable<CatalogModelRow>, 'id' | 'name'>

const modelColumns = [
  'registry_id',
  'name',
  'description',
  'archived',
  'created_at',
  'updated_at',
  'looked_at',
]

type Owned = readonly (readonly [number, ModelRecord])[]

async function insertTags(part: CatalogPart, owned: Owned): Promise<void> {
  const rows = owned.flatMap(([id, { tags }]) => tags.map(({ key, value }) => [id, key, value]))
  await insertRows(part, 'catalog_model_tag', ['model_id', 'key', 'value'], rows)
}

async function insertAliases(part: CatalogPart, owned: Owned): Promise<void> {
  const rows = owned.flatMap(([id, { aliases }]) => aliases.map(({ name, version }) => [id, name, version]))
  await insertRows(part, 'catalog_alias', ['model_id', 'name', 'version'], rows)
}

function columnsOf(record: ModelRecord, lookedAt: number) {
  return {
    description: record.description,
    archived: record.archived ? 1 : 0,
    created_at: record.createdAt?.getTime() ?? null,
    updated_at: record.updatedAt?.getTime() ?? null,
    looked_at: lookedAt,
  }
}
