/**
 * JSON that tells infinities from nulls and from each other, for keys and digests: two questions that differ must not
 * look the same.
 */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? { number: String(inner) } : inner,
  )
}
