import {
  fromVersionUri,
  type ModelVersionRecord,
  type TagRecord,
  type VersionPlace,
} from '../../contract/index.ts'
import { parseModelUri } from './model-uri.ts'
import { type NotedOrigin, readNotes } from './noted-origin.ts'

/**
 * Version tags that are the gateway's own: written into the registry of a copy, so that they outlive any one gateway,
 * and never shown as tags. The first is a public format.
 */
const tagKeys = {
  /** `models://registry/name/version`, where a copy from another registry was made from. */
  origin: 'modelgate.copied_from',
  /** A JSON list of the URIs before the source, nearest first, for when one of them is renamed or deleted. */
  earlierOrigins: 'modelgate.lineage',
  /** A JSON list: what each of these versions was, nearest first, so that another one of the same name is known. */
  notedOrigins: 'modelgate.origins',
  /** `sha256-v2:…` over all files; `sha256:…` of copies made before paths were written without ambiguity. */
  digest: 'modelgate.digest',
  /** Of all files, in bytes. */
  sizeBytes: 'modelgate.size_bytes',
} as const

const reservedKeys: ReadonlySet<string> = new Set(Object.values(tagKeys))

export const originTag = tagKeys.origin

export function isReservedTag(key: string): boolean {
  return reservedKeys.has(key)
}

/** What the gateway knows of where a version came from. */
export interface Origin {
  /** Null when it was not copied from another registry. */
  readonly uri: string | null
  readonly earlierOrigins: readonly string[]
  readonly notedOrigins: readonly NotedOrigin[]
  readonly digest: string | null
  readonly sizeBytes: number | null
}

export function toOriginTags({ uri, earlierOrigins, notedOrigins, digest, sizeBytes }: Origin): TagRecord[] {
  const values: [string, string | null][] = [
    [tagKeys.origin, uri],
    [tagKeys.earlierOrigins, earlierOrigins.length === 0 ? null : JSON.stringify(earlierOrigins)],
    [tagKeys.notedOrigins, notedOrigins.length === 0 ? null : JSON.stringify(notedOrigins)],
    [tagKeys.digest, digest],
    [tagKeys.sizeBytes, sizeBytes === null ? null : String(sizeBytes)],
  ]
  return values.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]))
}

/** The same tags with the digest of files that were just counted. */
export function withDigest(tags: readonly TagRecord[], digest: string, sizeBytes: number): TagRecord[] {
  const counted: ReadonlySet<string> = new Set([tagKeys.digest, tagKeys.sizeBytes])
  return [
    ...tags.filter(({ key }) => !counted.has(key)),
    ...toOriginTags({ uri: null, earlierOrigins: [], notedOrigins: [], digest, sizeBytes }),
  ]
}

/**
 * What is shown of a version instead of these tags. A copy within a registry that somebody made with all tags of the
 * original has the original's origin; its own source is nearer.
 */
export function readOrigin(record: ModelVersionRecord) {
  const tag = (key: string) => record.tags.find((each) => each.key === key)?.value ?? null
  const origin = tag(tagKeys.origin)
  const earlier = readUris(tag(tagKeys.earlierOrigins))
  // MLflow's `models:/m-…` names no version, but the place of the files.
  const isCopyWithin = record.source !== null && parseModelUri(record.source) !== null
  return {
    source: isCopyWithin ? record.source : (origin ?? record.source),
    earlierOrigins: isCopyWithin && origin !== null ? [origin, ...earlier] : earlier,
    notedOrigins: readNotes(tag(tagKeys.notedOrigins)),
    digest: record.digest ?? readDigest(tag(tagKeys.digest)),
    sizeBytes: record.sizeBytes ?? readSize(tag(tagKeys.sizeBytes)),
  }
}

/** The version that it is a copy of, and how large it is, as far as its record says. */
export function originOfVersion(
  registry: string,
  record: ModelVersionRecord,
): { readonly copiedFrom: VersionPlace | null; readonly sizeBytes: number | null } {
  const { source, sizeBytes } = readOrigin(record)
  const from = source === null ? null : fromVersionUri(source)
  return { copiedFrom: from && { ...from, registry: from.registry ?? registry }, sizeBytes }
}

function readUris(text: string | null): string[] {
  if (text === null) return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((uri) => typeof uri === 'string') : []
  } catch {
    // Anybody can write to the registry; what is not of this form says nothing.
    return []
  }
}

function readDigest(text: string | null): string | null {
  return text !== null && /^sha256(-v2)?:[0-9a-f]{64}$/.test(text) ? text : null
}

function readSize(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
