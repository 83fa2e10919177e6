import type { VersionKey } from './reads.ts'

/** A version of a registry, by its names alone. */
export interface VersionPlace extends VersionKey {
  readonly registry: string
}

const exactly = 'version:'

/**
 * The public form by which a version is known in other registries: `models://registry/name/version`. A version whose
 * name would be read as something else there - `latest`, a stage, an alias - is written `version:NAME`,
 * percent-encoded, which means that version everywhere.
 *
 * @param isSelector whether the last part of a URI selects a version by something else than its name.
 */
export function toVersionUri(
  { registry, model, version }: VersionPlace,
  isSelector: (segment: string) => boolean,
): string {
  const isPlain = !/[/@]/.test(version) && !version.startsWith(exactly) && !isSelector(version)
  return `models://${registry}/${model}/${isPlain ? version : `${exactly}${encodeURIComponent(version)}`}`
}

/**
 * The version that such a URI names. What stands last is its name, also where it reads like a stage or `latest`: it is
 * for URIs that say where something is from, as {@link NewTransfer.origin}, and not for those that people write.
 *
 * @returns `registry` is `null` for `models:/name/version`, of whichever registry says so; `null` when it names none.
 */
export function fromVersionUri(uri: string): (VersionKey & { readonly registry: string | null }) | null {
  const [, registry = null, model, segment] =
    /^models:(?:\/\/([^/]+)\/|\/(?!\/))(.+)\/([^/]+)$/su.exec(uri) ?? []
  if (model === undefined || segment === undefined) return null
  // Within a registry names are never encoded.
  return { registry, model, version: (registry !== null && readExactly(segment)) || segment }
}

/** `null`: it may be a selector. */
export function readExactly(segment: string): string | null {
  if (!segment.startsWith(exactly)) return null
  try {
    return decodeURIComponent(segment.slice(exactly.length))
  } catch {
    // Not of this form: a version may have such a name.
    return null
  }
}
