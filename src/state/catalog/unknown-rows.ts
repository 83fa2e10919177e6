import type { ModelRecord } from '../../contract/index.ts'
import type { DoneWrite, Written, WrittenPlace } from '../../stores/done-write.ts'
import type { CatalogPart } from './catalog-part.ts'
import { asBefore, asVersionBefore } from './changed-records.ts'
import {
  type KnownModel,
  type KnownVersion,
  keyOf,
  knownModels,
  knownVersions,
  neverLookedAt,
} from './known-rows.ts'
import { takeModels } from './take-models.ts'
import { takeVersions } from './take-versions.ts'
import { unseenModel, unseenVersion } from './unseen-rows.ts'
import { versionWithoutPlaces, withoutPlaces } from './written-place.ts'

/** When a write was done, and what others are writing meanwhile. */
export interface WriteTimes {
  readonly at: number
  readonly begunAt: number
  readonly others: readonly WrittenPlace[]
}

/**
 * What the catalog has of the model of a write. One that somebody else has made since the last look is taken in as it was
 * before the write, and without what others are writing to it, who tell of that; or unseen, where it was not read. Its
 * versions are read later.
 */
export async function knownOrTakenModel(
  part: CatalogPart,
  { model: name, written, read }: DoneWrite,
  { at, begunAt, others }: WriteTimes,
): Promise<KnownModel | undefined> {
  const known = (await knownModels(part, [name])).get(name)
  const isMadeOrGone = written.some(({ kind }) => kind === 'MODEL_CREATED' || kind === 'MODEL_DELETED')
  if (known || isMadeOrGone) return known
  const before: ModelRecord = read.model ? { ...asBefore(read.model, written), name } : unseenModel(name)
  const lookedAt = read.model ? (part.knownUntil(name) ?? begunAt) : neverLookedAt
  await takeModels(part, [withoutPlaces(before, others)], at, lookedAt)
  part.defer(name)
  return (await knownModels(part, [name])).get(name)
}

/** Of the versions of a write likewise, but of those that it has made itself, or deleted. */
export async function knownOrTakenVersions(
  part: CatalogPart,
  { model, written, read }: DoneWrite,
  { at, begunAt, others }: WriteTimes,
): Promise<Map<string, KnownVersion>> {
  const keys = versionsOf(written).map((version) => ({ model, version }))
  const known = await knownVersions(part, keys)
  const unknown = keys.filter(
    ({ version }) =>
      !known.has(keyOf(model, version)) && !isMade(written, version) && !isGone(written, version),
  )
  if (unknown.length === 0) return known
  // They may have more about them.
  part.defer(model)
  const found = read.versions.filter(({ version }) => unknown.some((key) => key.version === version))
  const before = found.map((record) => versionWithoutPlaces(asVersionBefore(record, written), others))
  await takeVersions(part, before, at, part.knownUntil(model) ?? begunAt)
  const unseen = unknown.filter(({ version }) => !found.some((record) => record.version === version))
  await takeVersions(
    part,
    unseen.map(({ version }) => unseenVersion(model, version)),
    at,
    neverLookedAt,
  )
  return knownVersions(part, keys)
}

/** Versions that something has happened to; of an alias it is only who holds it. */
export function versionsOf(written: readonly Written[]): string[] {
  const own = written.filter(({ kind }) => !kind.startsWith('ALIAS_')).flatMap(({ version }) => version ?? [])
  return [...new Set(own)]
}

function isGone(written: readonly Written[], version: string): boolean {
  return written.some((happening) => happening.version === version && happening.kind === 'VERSION_DELETED')
}

export function isMade(written: readonly Written[], version: string): boolean {
  return written.some(
    (happening) =>
      happening.version === version &&
      (happening.kind === 'VERSION_CREATED' || happening.kind === 'VERSION_COPIED'),
  )
}
