import type { Call, VersionPage, VersionQuery } from '../../../contract/index.ts'
import { archivedStage } from '../config.ts'
import { toVersionOrder } from '../order.ts'
import { selectOrderValues, toPage, toPageRequest } from '../page.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { pushDown } from './filter.ts'
import { toVersionCondition } from './version-filter.ts'
import { selectVersionRows, selectVersions, toVersionRecord } from './version-rows.ts'

export async function listVersions(
  registry: LocalRegistry,
  query: VersionQuery,
  call: Call,
): Promise<VersionPage> {
  const { functions } = registry.database
  const { condition, residue } = pushDown(query.filter, (leaf) => toVersionCondition(functions, leaf))
  const request = toPageRequest(toVersionOrder(registry.name, query.order), query)
  // The page is picked by keys first, so that tags and aliases are gathered for its rows and no others.
  const picked = selectVersions(registry)
    .select(['v.model_id', 'v.number'])
    .$if(!query.includeArchived, (versions) => versions.where('v.stage', '<>', archivedStage))
    .where(condition)
    .where(request.start)
    .orderBy(request.orderBy)
    .limit(request.size + 1)
  const page = selectVersionRows(registry)
    .select(selectOrderValues(request.order))
    .innerJoin(picked.as('picked'), (join) =>
      join.onRef('picked.model_id', '=', 'v.model_id').onRef('picked.number', '=', 'v.number'),
    )
    .orderBy(request.orderBy)
  const rows = await runStatement(registry, call, page)
  const toKey = (item: { modelName: string; version: string }) => ({
    name: item.modelName,
    version: item.version,
  })
  return toPage(request, rows, toVersionRecord, toKey, residue)
}
