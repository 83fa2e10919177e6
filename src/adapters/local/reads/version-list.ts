import type { Call, VersionPage, VersionQuery } from '../../../contract/index.ts'
import { selectOrderValues, toPage, toPageRequest } from '../../../state/lists/page.ts'
import { pushDown } from '../../../state/lists/pushdown.ts'
import { archivedStage } from '../config.ts'
import { toPlace, toVersionOrder } from '../order.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { toVersionCondition } from './version-filter.ts'
import { selectVersionRows, selectVersions, toVersionRecord } from './version-rows.ts'

export async function listVersions(
  registry: LocalRegistry,
  query: VersionQuery,
  call: Call,
): Promise<VersionPage> {
  const { functions } = registry.database
  const { condition, residue } = pushDown(query.filter, (leaf) => toVersionCondition(functions, leaf))
  const order = toVersionOrder(registry.name, query.order)
  const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
  // The page is picked by keys first, so that tags and aliases are gathered for its rows and no others.
  const picked = selectVersions(registry)
    .select(['v.model_id', 'v.number'])
    .$if(!query.includeArchived, (versions) => versions.where('v.stage', '<>', archivedStage))
    .where(condition)
    .where(request.start)
    .orderBy(request.orderBy)
    .limit(request.size + 1)
  const page = selectVersionRows(registry)
    .select(selectOrderValues(request))
    .innerJoin(picked.as('picked'), (join) =>
      join.onRef('picked.model_id', '=', 'v.model_id').onRef('picked.number', '=', 'v.number'),
    )
    .orderBy(request.orderBy)
  const rows = await runStatement(registry, call, page)
  return toPage(request, rows, toVersionRecord, residue)
}
