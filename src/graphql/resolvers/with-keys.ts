/** The entries of a sorted list that a client named, or all of them. */
export function withKeys<Entry extends { readonly key: string }>(
  entries: readonly Entry[],
  keys: readonly string[] | null | undefined,
): Entry[] {
  if (!keys) return entries as Entry[]
  const wanted = new Set(keys)
  return entries.filter(({ key }) => wanted.has(key))
}
