import type { DoneWrite, Written, WrittenPlace } from '../../stores/done-write.ts'
import type { CatalogPart } from './catalog-part.ts'
import { lastKnown } from './events-of-write.ts'
import { knownModels, knownVersions } from './known-rows.ts'
import { versionsOf } from './unknown-rows.ts'
import { isAmong, placeOf } from './written-place.ts'

/**
 * Whether a write is to be noted after others that are writing to the same place: it found something that the catalog does
 * not have yet; or, where a write does not say what it found, it is what stands there now, so that those were before it; or
 * it has deleted what the catalog does not have, and somebody is making it.
 */
export async function isEarly(
  part: CatalogPart,
  done: DoneWrite,
  others: readonly WrittenPlace[],
): Promise<boolean> {
  const { model, written } = done
  if (others.some(({ what }) => what === 'made') && (await deletesUnknown(part, done))) return true
  const shared = written.filter((happening) => {
    const place = placeOf(happening)
    return place !== null && isAmong(place, others)
  })
  if (shared.length === 0) return false
  if (shared.some((happening) => happening.before === undefined && isLast(happening, done))) return true
  const known = (await knownModels(part, [model])).get(model)
  const keys = versionsOf(shared).map((version) => ({ model, version }))
  const versions = await knownVersions(part, keys)
  return shared.some(
    (happening) =>
      happening.before !== undefined && lastKnown(happening, { known, versions }) !== happening.before,
  )
}

async function deletesUnknown(part: CatalogPart, { model, written }: DoneWrite): Promise<boolean> {
  const gone = written.filter(({ kind }) => kind === 'MODEL_DELETED' || kind === 'VERSION_DELETED')
  if (gone.length === 0) return false
  if (!(await knownModels(part, [model])).has(model)) return true
  const keys = gone.flatMap(({ version }) => (version === null ? [] : [{ model, version }]))
  return (await knownVersions(part, keys)).size < keys.length
}

/** Whether nobody has written there since, as far as was read back. */
function isLast({ kind, version, key, after }: Written, { read }: DoneWrite): boolean {
  const row = version === null ? read.model : read.versions.find((each) => each.version === version)
  if (!row) return false
  const isTag = kind === 'TAG_SET' || kind === 'TAG_DELETED'
  const now = isTag ? (row.tags.find((tag) => tag.key === key)?.value ?? null) : row.description
  return now === after
}
