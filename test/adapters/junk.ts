import fc from 'fast-check'

/** Every place in a value where something stands. */
export function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))
  return path.length === 0 ? inside : [path, ...inside]
}

export function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = structuredClone(value) as Record<string, unknown>
  copy[key] = replaced(copy[key], rest, by)
  return copy
}

/** What a careless backend may put where something else belongs. */
export const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, 5, '', 'x', [], {}, [null], [5], { key: 5 }, [{ key: null }], [{}]),
  fc.constantFrom<unknown>(1e300, -1, 1.5, 1_700_000_000_000_000_000, '9'.repeat(400), 'NaN'),
  fc.jsonValue({ maxDepth: 1 }),
)
