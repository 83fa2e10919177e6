import type { ModelLeaf, TextTest, VersionLeaf } from 'modelgate/adapter'

type Leaf = ModelLeaf | VersionLeaf
type AnyFilter =
  | Leaf
  | { readonly kind: 'and' | 'or'; readonly filters: readonly AnyFilter[] }
  | { readonly kind: 'not'; readonly filter: AnyFilter }

/**
 * The only models that a filter can match; `null`: any. It makes fewer requests and decides nothing: the filter stays
 * in the residue, and the gateway checks it.
 */
export function modelsIn(filter: AnyFilter | null): ReadonlySet<string> | null {
  switch (filter?.kind) {
    case 'and':
      return filter.filters.map(modelsIn).reduce(intersect, null)
    case 'or': {
      const all = filter.filters.map(modelsIn)
      return all.includes(null) ? null : new Set(all.flatMap((names) => [...(names ?? [])]))
    }
    case 'text':
      return isName(filter) ? filter.tests.map(namesOf).reduce(intersect, null) : null
    default:
      return null
  }
}

/** A text that the name of every match contains, for NameContains; the longest there is. */
export function partOfName(filter: AnyFilter | null): string | null {
  if (filter?.kind === 'and') return filter.filters.map(partOfName).reduce(longer, null)
  if (filter?.kind !== 'text' || !isName(filter)) return null
  return filter.tests.map(partOf).reduce(longer, null)
}

function isName({ field }: { readonly field: string }): boolean {
  return field === 'name' || field === 'model'
}

function namesOf(test: TextTest): ReadonlySet<string> | null {
  if (test.ignoreCase) return null
  if (test.operator === 'eq') return new Set([test.value])
  return test.operator === 'in' ? new Set(test.values) : null
}

function partOf(test: TextTest): string | null {
  if (test.ignoreCase || test.operator === 'in' || test.operator === 'ne') return null
  return /^[a-zA-Z0-9-]{1,63}$/.test(test.value) ? test.value : null
}

function intersect(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return a && b ? a.intersection(b) : (a ?? b)
}

function longer(a: string | null, b: string | null): string | null {
  return (a?.length ?? 0) >= (b?.length ?? 0) ? a : b
}
