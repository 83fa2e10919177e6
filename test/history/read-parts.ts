import type { Asked } from './asked.ts'
import { lastLook, type SeenModel, textKeys } from './call.ts'
import { aliasFacet, type Facet, type Part, type Reading, textFacet } from './part.ts'
import * as effects from './registry-state.ts'

/** Of one answer each part was looked up on its own. */
export function readParts(
  name: string,
  seen: SeenModel | null,
  { aliases, writesStepwise }: Reading,
  { call }: Asked,
): readonly Part[] {
  const look = (facet: Facet, isSo: (model: effects.ModelState | null) => boolean): Part => ({
    effect: effects.seen(name, isSo),
    facets: [facet],
    isRead: true,
  })
  const listed = (versions: Readonly<Record<string, { readonly marker: string }>>) =>
    Object.entries(versions)
      .map(([version, { marker }]) => `${version} ${marker}`)
      .join()
  const versions = Object.entries(seen?.versions ?? {})
  return [
    look('existence', (model) => (model !== null) === (seen !== null)),
    ...(seen ? [look('existence', (model) => listed(model?.versions ?? {}) === listed(seen.versions))] : []),
    ...aliases.map((alias) =>
      look(aliasFacet(alias), (model) => (model?.aliases[alias] ?? null) === (seen?.aliases[alias] ?? null)),
    ),
    ...(writesStepwise && call.client !== lastLook ? [] : versions).map(([version, { stage }]) =>
      look('stages', (model) => model?.versions[version]?.stage === stage),
    ),
    ...textParts(look, seen),
  ]
}

function textParts(
  look: (facet: Facet, isSo: (model: effects.ModelState | null) => boolean) => Part,
  seen: SeenModel | null,
): readonly Part[] {
  if (seen === null) return textKeys.map((key) => look(textFacet(null, key), (model) => model === null))
  const versions = Object.entries(seen.versions)
  return textKeys.flatMap((key) => [
    look(textFacet(null, key), (model) => model !== null && model.texts[key] === seen.texts[key]),
    ...versions.map(([version, { texts }]) =>
      look(textFacet(version, key), (model) => {
        const found = model?.versions[version]
        return found !== undefined && found.texts[key] === texts[key]
      }),
    ),
  ])
}
