/** What stands in a path for the names of a pattern; the fixed words are the same in any case. */
export const matchPath = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = pattern.split('/')
  const found = path.split('/')
  if (wanted.length !== found.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, word] of wanted.entries()) {
    const segment = found[index] ?? ''
    if (word.startsWith('{')) values[word.slice(1, -1)] = decodeURIComponent(segment)
    else if (word.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return values
}
