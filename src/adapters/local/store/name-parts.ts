import { foldCase } from '../../../contract/index.ts'

/** Code points in a part. */
const partLength = 3

/** Every three characters of a name, folded: a text that is in the name, in whatever case, has all of its own among them. */
export function namePartsOf(name: string): string[] {
  const characters = [...foldCase(name)]
  const parts = new Set<string>()
  for (let start = 0; start + partLength <= characters.length; start++) {
    parts.add(characters.slice(start, start + partLength).join(''))
  }
  return [...parts]
}
