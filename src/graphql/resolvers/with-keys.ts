/** The entries of a sorted list that a client named, or all of them. */
export function withKeys<Entry extends { readonly key: string }>(
  entries: readonly Entry[],
  keys: readonly string[] | null | undefined,
): Entry[] {
  return keys ? entries.filter(({ key }) => keys.includes(key)) : (entries as Entry[])
}
