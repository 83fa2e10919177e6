/** A `models:` URI in its parts. The selector is read by {@link resolveUri}, as it depends on the registry. */
export interface ModelUri {
  /** The authority, as in `models://prod/name/3`; null when there is none. */
  readonly registry: string | null
  readonly name: string
  readonly selector:
    | { readonly kind: 'alias'; readonly alias: string }
    /** A version, `latest`, or a stage. */
    | { readonly kind: 'path'; readonly segment: string }
}

/**
 * Taken verbatim, nothing is percent-decoded. The last `@` or `/` ends the name, which may hold either. Null when it
 * is not of this form.
 */
export function parseModelUri(uri: string): ModelUri | null {
  const match = /^models:(?:\/\/([^/]+))?\/(.*)$/su.exec(uri)
  if (!match) return null
  const [, registry = null, rest = ''] = match
  const end = Math.max(rest.lastIndexOf('@'), rest.lastIndexOf('/'))
  const name = rest.slice(0, Math.max(end, 0))
  const selector = rest.slice(end + 1)
  if (end < 1 || selector === '' || (registry === null && name.startsWith('/'))) return null
  return rest[end] === '@'
    ? { registry, name, selector: { kind: 'alias', alias: selector } }
    : { registry, name, selector: { kind: 'path', segment: selector } }
}
