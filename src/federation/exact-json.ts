/**
 * JSON that tells infinities from nulls and from each other, for keys and digests: two questions that differ must not
 * look the same.
 */
export function exactJson(value: unknown): string {
  // What JSON makes of an infinity is null: without one there was none.
  const text = JSON.stringify(value)
  if (text !== undefined && !(text.includes('null') && holdsInfinity(value))) return text
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? { number: String(inner) } : inner,
  )
}

/** Looked for first, as a text that is made by a function takes long. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (typeof value !== 'object') return false
  for (const key in value) if (holdsInfinity(value[key as never])) return true
  return false
}
