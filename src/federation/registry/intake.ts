import {
  compareCodePoints,
  type ModelRecord,
  type ModelVersionRecord,
  type RunRecord,
  type TagRecord,
} from '../../contract/index.ts'
import { isLasting, makeLasting } from '../../contract/lasting.ts'
import { isReservedTag, readOrigin } from '../records/origin-tags.ts'
import type { FederatedModel, FederatedRun, FederatedVersion, ReadMode } from '../records/records.ts'

/** What was made of records that last, by these. */
const models = new WeakMap<ModelRecord, FederatedModel>()
const versions = new WeakMap<ModelVersionRecord, FederatedVersion>()

function once<Given extends object, Taken extends { readonly registry: string; readonly mode: ReadMode }>(
  known: WeakMap<Given, Taken>,
  given: Given,
  registry: string,
  mode: ReadMode,
  make: () => Taken,
): Taken {
  const before = known.get(given)
  if (before?.registry === registry && before.mode === mode) return before
  const taken = make()
  if (isLasting(given)) known.set(given, makeLasting(taken))
  return taken
}

/** From an adapter's record to the gateway's: knows its registry, lists sorted, the origin out of the tags. */
export function takeInModel(registry: string, record: ModelRecord, mode: ReadMode = 'LIVE'): FederatedModel {
  return once(models, record, registry, mode, () => ({
    ...record,
    registry,
    mode,
    tags: sortedBy(record.tags, (tag) => tag.key),
    aliases: sortedBy(record.aliases, (alias) => alias.name),
    latestVersions: record.latestVersions?.map((version) => takeInVersion(registry, version, mode)) ?? null,
  }))
}

export function takeInVersion(
  registry: string,
  record: ModelVersionRecord,
  mode: ReadMode = 'LIVE',
): FederatedVersion {
  return once(versions, record, registry, mode, () => {
    const isMarked = record.tags.some((tag) => isReservedTag(tag.key))
    return {
      ...record,
      registry,
      mode,
      earlierOrigins: [],
      notedOrigins: [],
      ...(isMarked && { ...readOrigin(record), given: record }),
      tags: sortedBy(isMarked ? withoutReserved(record.tags) : record.tags, (tag) => tag.key),
      aliases: record.aliases && sortedBy(record.aliases, (alias) => alias),
    }
  })
}

export function takeInRun(registry: string, record: RunRecord, mode: ReadMode = 'LIVE'): FederatedRun {
  return {
    ...record,
    registry,
    mode,
    metrics: sortedBy(record.metrics, (metric) => metric.key),
    params: sortedBy(record.params, (param) => param.key),
    ...(record.tags && { tags: sortedBy(record.tags, (tag) => tag.key) }),
  }
}

function withoutReserved(tags: readonly TagRecord[]): TagRecord[] {
  return tags.filter((tag) => !isReservedTag(tag.key))
}

/** Until then each is put where it belongs, which for a few costs less than to call a sort. */
const few = 10

function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  if (items.length < 2) return items
  if (items.length > few) return items.toSorted((a, b) => compareCodePoints(key(a), key(b)))
  const sorted: T[] = []
  for (const item of items) {
    let at = sorted.length
    while (at > 0 && compareCodePoints(key(sorted[at - 1] as T), key(item)) > 0) at--
    if (at === sorted.length) sorted.push(item)
    else sorted.splice(at, 0, item)
  }
  return sorted
}
