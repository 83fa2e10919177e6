import type { Tag } from '@aws-sdk/client-sagemaker'
import type { ModelRecord, TagRecord } from 'modelgate/adapter'
import { aliasPrefix } from './rules.ts'
import { fromTagValue, toTagValue } from './tag-values.ts'

/** The tags of a group, parted into what they mean. */
export type GroupTags = Pick<ModelRecord, 'tags' | 'aliases'>

export function toAwsTags(tags: readonly TagRecord[]): Tag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: toTagValue(value) }))
}

export function fromAwsTags(given: readonly Tag[]): GroupTags {
  const all = given.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }))
  const isAlias = ({ key }: TagRecord) => key.startsWith(aliasPrefix)
  return {
    tags: all.filter((tag) => !isAlias(tag)).map(({ key, value }) => ({ key, value: fromTagValue(value) })),
    aliases: all
      // Anybody can tag in the console; what names no version is no alias.
      .filter((tag) => isAlias(tag) && /^[1-9]\d*$/.test(tag.value))
      .map(({ key, value }) => ({ name: key.slice(aliasPrefix.length), version: value })),
  }
}
