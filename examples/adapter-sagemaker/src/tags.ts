import type { Tag } from '@aws-sdk/client-sagemaker'
import type { AliasRecord, TagRecord } from 'modelgate/adapter'
import { aliasPrefix, isVersion } from './rules.ts'
import { fromTagValue, toTagValue } from './tag-values.ts'

/** The tags of a group, parted into what they mean. */
export interface GroupTags {
  readonly tags: readonly TagRecord[]
  readonly aliases: readonly AliasRecord[]
}

export function toAliasKey(alias: string): string {
  return aliasPrefix + alias
}

export function toAwsTags(tags: readonly TagRecord[]): Tag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: toTagValue(value) }))
}

export function fromAwsTags(given: readonly Tag[]): GroupTags {
  const values = new Map(given.map(({ Key, Value }) => [Key ?? '', Value ?? '']))
  const tags: TagRecord[] = []
  const aliases: AliasRecord[] = []
  for (const [key, value] of values) {
    if (!key.startsWith(aliasPrefix)) tags.push({ key, value: fromTagValue(value) })
    // Anybody can tag in the console; what names no version is no alias.
    else if (isVersion(value)) aliases.push({ name: key.slice(aliasPrefix.length), version: value })
  }
  return { tags, aliases }
}
