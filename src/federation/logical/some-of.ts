/** Names within a sentence, of which there may be more than are given. */
export function someOf(names: readonly string[], count: number): string {
  const given = names.map((name) => JSON.stringify(name)).join(', ')
  return count > names.length ? `${given} and ${count - names.length} more` : given
}
