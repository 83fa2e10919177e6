import { compareCodePoints, type TagRecord } from '../../contract/index.ts'

/** The same tags are the same list, in whatever order they were given. */
export function sortTags(tags: readonly TagRecord[]): TagRecord[] {
  return tags.map(({ key, value }) => ({ key, value })).toSorted((a, b) => compareCodePoints(a.key, b.key))
}
