import type { Adapter } from './adapter.ts'
import type { FacetName, FacetRow, MemberRow } from './facet-row.ts'
import { facets } from './facets.ts'

export type Facets = Pick<Adapter, FacetName>

/** Where a facet stands in an adapter, such as `['writes', 'aliases']`. */
export interface FacetPlace {
  readonly path: readonly string[]
  readonly row: FacetRow
}

export interface MemberPlace {
  /** Of its facet. */
  readonly path: readonly string[]
  readonly name: string
  readonly row: MemberRow
  /** As it is named for people, such as `aliases.set`. */
  readonly operation: string
}

export const everyFacet: readonly FacetPlace[] = placesIn(facets, [])

export const everyMember: readonly MemberPlace[] = everyFacet.flatMap(({ path, row }) =>
  Object.entries(row.members ?? {}).map(([name, member]) => ({
    path,
    name,
    row: member,
    operation: `${path.at(-1)}.${name}`,
  })),
)

function placesIn(rows: Readonly<Record<string, FacetRow>>, above: readonly string[]): FacetPlace[] {
  return Object.entries(rows).flatMap(([name, row]) => {
    const path = [...above, name]
    return [{ path, row }, ...placesIn(row.parts ?? {}, path)]
  })
}

/** What stands there; `undefined` where nothing does. */
export function lookUp(owner: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name],
    owner,
  )
}

/** @param make gives `undefined` for what there is none of; a facet without members is none. */
export function makeFacets(make: (place: MemberPlace) => unknown): Facets {
  const made: Record<string, unknown> = {}
  for (const place of everyMember) {
    const member = make(place)
    if (member === undefined) continue
    const facet = place.path.reduce(inner, made)
    facet[place.name] = member
  }
  return made as unknown as Facets
}

function inner(owner: Record<string, unknown>, name: string): Record<string, unknown> {
  owner[name] ??= {}
  return owner[name] as Record<string, unknown>
}

/** The names of all that the adapter can be asked. */
export function operationsOf(adapter: Adapter): ReadonlySet<string> {
  const there = everyMember.filter(({ path, name }) => lookUp(adapter, [...path, name]) !== undefined)
  return new Set(there.map(({ operation }) => operation))
}
