import type { CatalogPart } from './catalog-part.ts'
import type { DoneWrite } from './done-write.ts'
import { lastKnown } from './events-of-write.ts'
import { knownModels, knownVersions } from './known-rows.ts'
import { versionsOf } from './unknown-rows.ts'
import { isAmong, placeOf, type WrittenPlace } from './written-place.ts'

/**
 * Whether a write found something that the catalog does not have while others write to the same place: then one of those
 * was done before it, and is to be noted before it.
 */
export async function isEarly(
  part: CatalogPart,
  { model, written }: DoneWrite,
  others: readonly WrittenPlace[],
): Promise<boolean> {
  const shared = written.filter((happening) => {
    const place = placeOf(happening)
    return place !== null && happening.before !== undefined && isAmong(place, others)
  })
  if (shared.length === 0) return false
  const known = (await knownModels(part, [model])).get(model)
  const keys = versionsOf(shared).map((version) => ({ model, version }))
  const versions = await knownVersions(part, keys)
  return shared.some((happening) => lastKnown(happening, { known, versions }) !== happening.before)
}
