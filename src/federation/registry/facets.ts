import type { Facets } from '../../contract/facet-places.ts'
import type { FacetName, LevelName } from '../../contract/facet-row.ts'
import { facets } from '../../contract/facets.ts'
import type { Adapter, CapabilityLevel, RegistryDescription } from '../../contract/index.ts'

/** Those that have a level of their name. */
export type FacetLevel = Extract<FacetName, LevelName>

const names = Object.keys(facets) as FacetName[]

/** Of a registry that is read-only what reads. */
export function facetsOf(adapter: Adapter, readOnly: boolean): Facets {
  if (!readOnly) return adapter
  const kept = names.filter((name) => facets[name].inReadOnly && adapter[name] !== undefined)
  return Object.fromEntries(kept.map((name) => [name, adapter[name]])) as unknown as Facets
}

/** How each facet comes about; one that is missing does not, whatever the description says. */
export function facetLevelsOf(
  there: Facets,
  levels: RegistryDescription['levels'],
): Record<FacetLevel, CapabilityLevel> {
  const own = names.filter((name): name is FacetLevel => name in levels)
  return Object.fromEntries(own.map((name) => [name, there[name] ? levels[name] : 'NONE'])) as Record<
    FacetLevel,
    CapabilityLevel
  >
}
