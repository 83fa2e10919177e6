import type { ModelLeaf, TextTest, VersionLeaf } from 'modelgate/adapter'

export type Leaf = ModelLeaf | VersionLeaf
export type AnyFilter =
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

function isName({ field }: { readonly field: string }): boolean {
  return field === 'name' || field === 'model'
}

function namesOf(test: TextTest): ReadonlySet<string> | null {
  if (test.ignoreCase) return null
  if (test.operator === 'eq') return new Set([test.value])
  return test.operator === 'in' ? new Set(test.values) : null
}

function intersect(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return a && b ? a.intersection(b) : (a ?? b)
}
