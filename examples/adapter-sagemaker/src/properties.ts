import type { TagRecord } from 'modelgate/adapter'
import { fromTagValue, toTagValue } from './tag-values.ts'

/** CustomerMetadataProperties: the only texts of a version that can be changed. A version has no tags of its own. */
export type Properties = Readonly<Record<string, string>>

/** Kept among the properties, and never shown as tags. */
const hiddenKeys = {
  /** The `models:/` URI that the version was made from. */
  source: 'modelgate.source',
  /** Where the files are, when SageMaker has no field for such a place: its own take S3 only. */
  files: 'modelgate.files',
} as const

export interface HiddenProperties {
  readonly source: string | null
  readonly files: string | null
}

export function toProperties(tags: readonly TagRecord[], hidden: Partial<HiddenProperties> = {}): Properties {
  const own = Object.entries(hidden).flatMap(([name, value]) =>
    value === null ? [] : [{ key: hiddenKeys[name as keyof HiddenProperties], value }],
  )
  return Object.fromEntries([...tags, ...own].map(({ key, value }) => [key, toTagValue(value)]))
}

export function tagsOf(properties: Properties = {}): TagRecord[] {
  const hidden: ReadonlySet<string> = new Set(Object.values(hiddenKeys))
  return Object.entries(properties).flatMap(([key, value]) =>
    hidden.has(key) ? [] : [{ key, value: fromTagValue(value) }],
  )
}

export function hiddenOf(properties: Properties = {}): HiddenProperties {
  const read = (key: string) => {
    const value = properties[key]
    return value === undefined ? null : fromTagValue(value)
  }
  return { source: read(hiddenKeys.source), files: read(hiddenKeys.files) }
}
