/** The candidate that was most likely meant, or `null` when none is near. */
export function closestName(written: string, candidates: Iterable<string>): string | null {
  const allowed = Math.max(1, Math.floor(written.length / 3))
  let best: string | null = null
  let bestDistance = allowed + 1
  for (const candidate of candidates) {
    const distance = distanceBetween(written.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `; did you mean "X"?` or, when nothing is near, what there is to choose from. */
export function suggestName(written: string, candidates: readonly string[]): string {
  const closest = closestName(written, candidates)
  if (closest !== null) return `did you mean "${closest}"?`
  return candidates.length === 0 ? 'leave it out' : `write one of ${candidates.join(', ')}`
}

/** Optimal string alignment: insertions, deletions, replacements and swapped neighbours cost 1 each. */
function distanceBetween(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforePrevious[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
