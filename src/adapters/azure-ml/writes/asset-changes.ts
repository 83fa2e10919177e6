import type { TagRecord } from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import { readOptionalText, type Tags, type Wire } from '../wire/wire.ts'

export function toTags(tags: readonly TagRecord[]): Tags {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]))
}

/** What an asset is to have when these tags are set; `null`: it has them. */
export function withTags(asset: Asset, tags: readonly TagRecord[]): Wire | null {
  return toChange(asset, { ...asset.tags, ...toTags(tags) })
}

export function withoutTags(asset: Asset, keys: readonly string[]): Wire | null {
  return toChange(
    asset,
    Object.fromEntries(Object.entries(asset.tags).filter(([key]) => !keys.includes(key))),
  )
}

export function toChange({ tags: before }: Asset, tags: Tags): Wire | null {
  const keys = Object.keys(tags)
  const isSame =
    keys.length === Object.keys(before).length &&
    keys.every((key) => Object.hasOwn(before, key) && before[key] === tags[key])
  return isSame ? null : { tags }
}

/** Changes of different properties as one; `null`: there is none. */
export function together(...changes: readonly (Wire | null)[]): Wire | null {
  return changes.every((change) => change === null) ? null : Object.assign({}, ...changes)
}

/** `null` as a result: it has this description. An empty text is none. */
export function withDescription({ properties }: Asset, description: string | null): Wire | null {
  const wanted = description || null
  return readOptionalText(properties, 'description') === wanted ? null : { description: wanted }
}
