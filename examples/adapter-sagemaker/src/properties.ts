import type { TagRecord } from 'modelgate/adapter'
import { fromTagValue, toTagValue } from './tag-values.ts'

/** CustomerMetadataProperties: the only texts of a version that can be changed. A version has no tags of its own. */
type Properties = Readonly<Record<string, string>>

/** Kept among the properties, and never shown as tags. */
export interface HiddenProperties {
  /** The `models:/` URI that the version was made from. */
  readonly source?: string | undefined
  /** Where the files are, when SageMaker has no field for such a place: its own take S3 only. */
  readonly files?: string | undefined
}

const prefix = 'modelgate.'
const hiddenKeys: ReadonlySet<string> = new Set(['modelgate.source', 'modelgate.files'])

export function toProperties(
  tags: readonly TagRecord[],
  hidden: HiddenProperties = {},
): Record<string, string> {
  const own = Object.entries(hidden).flatMap(([name, value]) =>
    value === undefined ? [] : [{ key: prefix + name, value }],
  )
  return Object.fromEntries([...tags, ...own].map(({ key, value }) => [key, toTagValue(value)]))
}

export function tagsOf(properties: Properties = {}): TagRecord[] {
  const entries = Object.entries(properties).filter(([key]) => !hiddenKeys.has(key))
  return entries.map(([key, value]) => ({ key, value: fromTagValue(value) }))
}

export function hiddenOf(properties: Properties = {}): HiddenProperties {
  const read = (key: string) => (properties[key] === undefined ? undefined : fromTagValue(properties[key]))
  return { source: read('modelgate.source'), files: read('modelgate.files') }
}
