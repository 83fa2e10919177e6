import type { VersionKey } from '../../contract/index.ts'
import { amongIds, type CatalogPart } from './catalog-part.ts'
import { differencesOfModel, differencesOfVersion } from './differences.ts'
import { knownModels, knownVersions } from './known-rows.ts'

/** What the registry itself has said is not there any more; what others are at is left for later. */
export async function takeAwayModels(part: CatalogPart, names: readonly string[], at: number): Promise<void> {
  for (const name of names) if (part.busy.has(name)) part.defer(name)
  const known = await knownModels(
    part,
    names.filter((name) => !part.busy.has(name)),
  )
  for (const { lookedAt, record } of known.values()) {
    part.observe(differencesOfModel(record, null), lookedAt ?? part.knownUntil(record.name), at)
  }
  await deleteModels(
    part,
    [...known.values()].map(({ id }) => id),
  )
}

export async function takeAwayVersions(
  part: CatalogPart,
  keys: readonly VersionKey[],
  at: number,
): Promise<void> {
  for (const { model } of keys) if (part.busy.has(model)) part.defer(model)
  const known = await knownVersions(
    part,
    keys.filter(({ model }) => !part.busy.has(model)),
  )
  for (const { lookedAt, record } of known.values()) {
    part.observe(differencesOfVersion(record, null), lookedAt ?? part.knownUntil(record.modelName), at)
  }
  await deleteVersions(
    part,
    [...known.values()].map(({ id }) => id),
  )
}

export async function deleteModels(part: CatalogPart, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const { queries } = part
  const versions = await queries
    .selectFrom('catalog_version')
    .select('id')
    .where(amongIds(part, 'model_id', ids))
    .execute()
  await deleteVersions(
    part,
    versions.map(({ id }) => id),
  )
  for (const table of ['catalog_model_tag', 'catalog_alias'] as const) {
    await queries
      .deleteFrom(table)
      .where(amongIds(part, 'model_id', ids))
      .execute()
  }
  await queries
    .deleteFrom('catalog_model')
    .where(amongIds(part, 'id', ids))
    .execute()
  for (const id of ids) part.goneModels.add(id)
}

export async function deleteVersions(part: CatalogPart, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await part.queries
    .deleteFrom('catalog_version_pair')
    .where(amongIds(part, 'version_id', ids))
    .execute()
  const gone = await part.queries
    .deleteFrom('catalog_version')
    .where(amongIds(part, 'id', ids))
    .returning('model_id')
    .execute()
  for (const { model_id } of gone) part.models.add(model_id)
  for (const id of ids) part.goneVersions.add(id)
}

export async function deleteRuns(part: CatalogPart, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  for (const table of ['catalog_run_metric', 'catalog_run_pair'] as const) {
    await part.queries
      .deleteFrom(table)
      .where(amongIds(part, 'run', ids))
      .execute()
  }
  await part.queries
    .deleteFrom('catalog_run')
    .where(amongIds(part, 'id', ids))
    .execute()
}
