import { sql } from 'kysely'
import type { VersionKey } from '../../contract/index.ts'
import type { WholeModels } from '../../stores/sync-store.ts'
import type { CatalogPart } from './catalog-part.ts'
import { markClean } from './end-touches.ts'
import { takeAwayModels, takeAwayVersions } from './take-away.ts'
import { takeModels } from './take-models.ts'
import { takeVersions } from './take-versions.ts'

/** What is not given of these models is gone. */
export async function takeWhole(
  part: CatalogPart,
  { models, versions, goneModels }: WholeModels,
  at: number,
): Promise<void> {
  const names = models.map(({ name }) => name)
  await markClean(
    part,
    [...names, ...goneModels].filter((name) => !part.busy.has(name)),
  )
  await takeAwayModels(part, goneModels, at)
  await takeModels(part, models, at)
  await takeVersions(part, versions, at)
  const there = new Set(versions.map(({ modelName, version }) => JSON.stringify([modelName, version])))
  const known = await versionsOf(part, names)
  const gone = known.filter(({ model, version }) => !there.has(JSON.stringify([model, version])))
  await takeAwayVersions(part, gone, at)
}

async function versionsOf(part: CatalogPart, names: readonly string[]): Promise<VersionKey[]> {
  if (names.length === 0) return []
  return part.queries
    .selectFrom('catalog_version as v')
    .innerJoin('catalog_model as m', 'm.id', 'v.model_id')
    .select(['m.name as model', 'v.version'])
    .where('m.registry_id', '=', part.id)
    .where(part.functions.inTexts(sql.ref('m.name'), names))
    .execute()
}
