import { levelShape } from '../contract/description-shape.ts'
import { everyFacet, lookUp } from '../contract/facet-places.ts'
import type { LevelName } from '../contract/facet-row.ts'
import type { OwnLevel } from '../contract/facets.ts'
import type { Adapter, RegistryDescription } from '../contract/index.ts'

/** The capabilities that the description has and the adapter has not, with what there would have to be. */
export function missingCapabilities(adapter: Adapter, { levels, stages }: RegistryDescription): string[] {
  const own: Record<OwnLevel, string[]> = { stages: stages.length > 0 ? [] : ['stages is empty'] }
  const missing = new Map<string, string[]>(Object.entries(own))
  for (const { path, row } of everyFacet)
    if (lookUp(adapter, path) === undefined)
      for (const level of row.levels ?? []) missing.set(level, [`the facet ${path.join('.')} is missing`])
  return (Object.keys(levelShape) as LevelName[])
    .filter((name) => levels[name] !== 'NONE')
    .flatMap((name) => (missing.get(name) ?? []).map((why) => `levels.${name} is ${levels[name]} and ${why}`))
}
