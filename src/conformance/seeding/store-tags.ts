import { type TagRecord, textLength } from '../../contract/index.ts'
import { quote } from '../expectations/expectations.ts'
import { allows, type Seeding, tryWrite } from './seeding.ts'

/** All at once; where that is refused, one by one, so that only what cannot be held is missing. */
export async function storeTags(
  seeding: Seeding,
  owner: string,
  tags: readonly TagRecord[],
  set: ((tags: readonly TagRecord[]) => Promise<void>) | undefined,
): Promise<readonly TagRecord[]> {
  if (set === undefined) return []
  const legal = tags.filter((tag) => isLegal(seeding, owner, tag))
  if (legal.length === 0) return []
  const whole = await tryWrite({ ...seeding, notStored: [] }, owner, () => set(legal))
  if (whole) return legal
  const kept: TagRecord[] = []
  for (const tag of legal) if (await tryWrite(seeding, toWords(owner, tag), () => set([tag]))) kept.push(tag)
  return kept
}

function isLegal(seeding: Seeding, owner: string, tag: TagRecord): boolean {
  const { naming } = seeding.description
  const longest = naming.tagValueMaxLength ?? Number.POSITIVE_INFINITY
  const what = toWords(owner, tag)
  if (!allows(seeding, what, naming.tagKey, tag.key)) return false
  if (!allows(seeding, what, naming.tagValue, tag.value)) return false
  if (textLength(tag.value, naming.tagValueUnit) <= longest) return true
  seeding.notStored.push({ what, reason: `its value is longer than ${longest}` })
  return false
}

function toWords(owner: string, { key, value }: TagRecord): string {
  return `the tag ${quote(key)}: ${quote(value.slice(0, 20))} of ${owner}`
}
