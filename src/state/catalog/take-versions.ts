import { type Selectable, sql } from 'kysely'
import type { ModelVersionRecord } from '../../contract/index.ts'
import { amongIds, type CatalogPart } from './catalog-part.ts'
import { differencesOfUnseen, differencesOfVersion } from './differences.ts'
import { insertRows } from './insert-rows.ts'
import { keepableVersion } from './keepable.ts'
import { isAnother, type KnownVersion, keyOf, knownVersions, neverLookedAt } from './known-rows.ts'
import { placeKey } from './origin-of-version.ts'
import { insertPairs } from './pairs.ts'
import type { CatalogVersionRow } from './tables.ts'
import { takeAwayVersions } from './take-away.ts'
import { toVersionPlace } from './version-place.ts'

/** Takes in versions as the registry has them. Those of models that are not known, or that others are at, wait. */
export async function takeVersions(
  part: CatalogPart,
  given: readonly ModelVersionRecord[],
  at: number,
  lookedAt = part.look.at,
): Promise<void> {
  const records = new Map<string, ModelVersionRecord>()
  for (const version of given) {
    const record = keepableVersion(version)
    if (record === null) continue
    if (part.busy.has(record.modelName)) part.defer(record.modelName)
    else records.set(keyOf(record.modelName, record.version), record)
  }
  const all = [...records.values()]
  const models = await idsOfModels(part, new Set(all.map(({ modelName }) => modelName)))
  const known = await knownVersions(
    part,
    all.map(({ modelName: model, version }) => ({ model, version })),
  )
  await takeAwayFormers(part, known, records, at)
  const fresh: (readonly [number, ModelVersionRecord])[] = []
  const same: number[] = []
  for (const [key, record] of records) {
    const modelId = models.get(record.modelName)
    if (modelId === undefined) {
      part.defer(record.modelName)
      continue
    }
    const before = known.get(key)
    const differences = differencesOfVersion(before?.record ?? null, record)
    part.observe(
      before?.lookedAt === null ? differencesOfUnseen(differences) : differences,
      before?.lookedAt ?? part.knownUntil(record.modelName),
      at,
    )
    if (before === undefined) fresh.push([modelId, record])
    else if (isSame(part, before, record)) same.push(before.id)
    else await replaceVersion(part, before, record, lookedAt)
  }
  await insertVersions(part, fresh, lookedAt)
  if (same.length === 0) return
  await part.queries
    .updateTable('catalog_version')
    .set({ looked_at: lookedAt })
    .where(amongIds(part, 'id', same))
    .execute()
}

/** What had the number before another one was made that has it. */
async function takeAwayFormers(
  part: CatalogPart,
  known: Map<string, KnownVersion>,
  records: ReadonlyMap<string, ModelVersionRecord>,
  at: number,
): Promise<void> {
  for (const [key, { record }] of [...known]) {
    const now = records.get(key)
    if (now === undefined || !isAnother(record, now)) continue
    await takeAwayVersions(part, [{ model: record.modelName, version: record.version }], at)
    known.delete(key)
  }
}

async function idsOfModels(part: CatalogPart, names: ReadonlySet<string>): Promise<Map<string, number>> {
  if (names.size === 0) return new Map()
  const rows = await part.queries
    .selectFrom('catalog_model')
    .select(['id', 'name'])
    .where('registry_id', '=', part.id)
    .where(part.functions.inTexts(sql.ref('name'), [...names]))
    .execute()
  return new Map(rows.map(({ id, name }) => [name, id]))
}

/** Also in what is read out of it, which an earlier gateway may not have done. */
function isSame(
  part: CatalogPart,
  { record: before, copiedFrom, totalBytes }: KnownVersion,
  after: ModelVersionRecord,
): boolean {
  if (formOf(before) !== formOf(after)) return false
  const { copied_from, total_bytes } = columnsOfOrigin(part, after)
  return copiedFrom === copied_from && (total_bytes === null || totalBytes === total_bytes)
}

/** Aliases are the model's. */
function formOf({
  aliases: _,
  latestVersions: __,
  notes: ___,
  modelName: ____,
  ...fields
}: AnyVersion): string {
  return JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
}

type AnyVersion = ModelVersionRecord & { readonly latestVersions?: unknown }

export async function replaceVersion(
  part: CatalogPart,
  known: KnownVersion,
  after: ModelVersionRecord,
  lookedAt: number | null,
): Promise<void> {
  const { queries } = part
  const { id, record: before } = known
  const columns = columnsOf(part, after, lookedAt ?? neverLookedAt)
  // What was counted for it stays as long as it has the same files.
  const total_bytes = columns.total_bytes ?? (hasSameFiles(before, after) ? known.totalBytes : null)
  await queries
    .updateTable('catalog_version')
    .set({ ...columns, total_bytes })
    .where('id', '=', id)
    .execute()
  if (JSON.stringify(before.tags) !== JSON.stringify(after.tags)) {
    await queries.deleteFrom('catalog_version_pair').where('version_id', '=', id).execute()
    await insertPairs(part, 'version', [[id, after.tags]])
  }
  part.noteTimes(after)
  part.versions.add(id)
}

function hasSameFiles(before: ModelVersionRecord, after: ModelVersionRecord): boolean {
  return (
    before.source === after.source &&
    before.artifactUri === after.artifactUri &&
    before.createdAt?.getTime() === after.createdAt?.getTime()
  )
}

type Owned = readonly (readonly [number, ModelVersionRecord])[]

async function insertVersions(part: CatalogPart, fresh: Owned, lookedAt: number): Promise<void> {
  if (fresh.length === 0) return
  const rows = fresh.map(([modelId, record]) => {
    const columns = columnsOf(part, record, lookedAt)
    return [part.id, modelId, record.version, toVersionPlace(record.version), ...Object.values(columns)]
  })
  const names = Object.keys(columnsOf(part, (fresh[0] as Owned[number])[1], lookedAt))
  const columns = ['registry_id', 'model_id', 'version', 'place', ...names]
  const inserted = await insertRows<Inserted>(part, 'catalog_version', columns, rows, [
    'id',
    'model_id',
    'version',
  ])
  const byKey = new Map(inserted.map(({ id, model_id, version }) => [`${model_id} ${version}`, id]))
  const tags = fresh.map(
    ([modelId, { version, tags }]) => [byKey.get(`${modelId} ${version}`) ?? -1, tags] as const,
  )
  await insertPairs(part, 'version', tags)
  for (const [, record] of fresh) part.noteTimes(record)
  for (const { id } of inserted) part.versions.add(id)
}

type Inserted = Pick<Selectable<CatalogVersionRow>, 'id' | 'model_id' | 'version'>

function columnsOfOrigin({ registry, readOrigin }: CatalogPart, record: ModelVersionRecord) {
  const { copiedFrom, sizeBytes } = readOrigin(registry, record)
  return { copied_from: copiedFrom && placeKey(copiedFrom), total_bytes: sizeBytes }
}

function columnsOf(part: CatalogPart, record: ModelVersionRecord, lookedAt: number) {
  return {
    ...columnsOfOrigin(part, record),
    description: record.description,
    stage: record.stage,
    archived: record.archived ? 1 : 0,
    status: record.status,
    status_message: record.statusMessage,
    source: record.source,
    artifact_uri: record.artifactUri,
    run_id: record.runId,
    digest: record.digest,
    size_bytes: record.sizeBytes,
    created_at: record.createdAt?.getTime() ?? null,
    updated_at: record.updatedAt?.getTime() ?? null,
    created_by: record.createdBy,
    looked_at: lookedAt,
  }
}
