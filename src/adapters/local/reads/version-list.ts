import { sql } from 'kysely'
import type { Call, VersionPage, VersionQuery } from '../../../contract/index.ts'
import { allOf, always } from '../../../state/lists/condition.ts'
import {
  orderPicked,
  pickPage,
  selectPickedValues,
  toPage,
  toPageRequest,
} from '../../../state/lists/page.ts'
import { pushDown } from '../../../state/lists/pushdown.ts'
import { archivedStage } from '../config.ts'
import { toPlace, toVersionOrder, type VersionColumns } from '../order.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { chooseEntry, type Entry, isEntered } from './entries.ts'
import { toVersionCondition } from './version-filter.ts'
import { selectVersionRows, toVersionRecord } from './version-rows.ts'

export async function listVersions(
  registry: LocalRegistry,
  query: VersionQuery,
  call: Call,
): Promise<VersionPage> {
  const { filter, order: asked, includeArchived } = query
  const { condition, residue } = pushDown(filter, (leaf) =>
    toVersionCondition(registry.database.functions, leaf),
  )
  const list = { filter, order: asked[0]?.field ?? 'model', tags: 'local_version_tag' } as const
  const entered = enterVersions(registry, await chooseEntry(registry, list, call))
  const order = toVersionOrder(registry.name, asked, entered.columns)
  const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
  const unarchived = includeArchived ? always : sql<boolean>`v.stage <> ${archivedStage}`
  // The page is picked by keys first, so that tags and aliases are gathered for its rows and no others.
  const picked = pickPage<{ model_id: string; number: number }>(request, {
    keys: sql`v.model_id, v.number`,
    from: entered.from,
    where: allOf([entered.where, unarchived, condition]),
  })
  const page = selectVersionRows(registry)
    .select(selectPickedValues(request, 'picked'))
    .innerJoin(picked.as<'picked'>(sql.ref('picked')), (join) =>
      join.onRef('picked.model_id', '=', 'v.model_id').onRef('picked.number', '=', 'v.number'),
    )
    .orderBy(orderPicked(request.terms, 'picked'))
  const rows = await runStatement(registry, call, page)
  return toPage(request, rows, toVersionRecord, residue)
}

const ofAll: VersionColumns = {
  name: 'v.model_name',
  number: 'v.number',
  createdAt: 'v.created_at',
  updatedAt: 'v.updated_at',
}

const isSameVersion = sql<boolean>`(v.model_id = e.model_id and v.number = e.number)`

/** SQLite reads what stands first in a cross join first. */
function enterVersions(registry: LocalRegistry, entry: Entry) {
  const ofRegistry = sql<boolean>`v.registry = ${registry.name}`
  switch (entry.kind) {
    case 'all':
      return { from: sql`local_version as v`, where: ofRegistry, columns: ofAll }
    case 'runs':
      return {
        from: sql`local_version as e cross join local_version as v`,
        where: allOf([
          sql<boolean>`e.registry = ${registry.name}`,
          registry.database.functions.inTexts(sql.ref('e.run_id'), entry.ids),
          isSameVersion,
        ]),
        columns: ofAll,
      }
    case 'tag':
      return {
        from: sql`local_version_tag as e cross join local_version as v`,
        where: allOf([isEntered(registry, entry), isSameVersion]),
        columns: { ...ofAll, name: 'e.model_name', number: 'e.number', createdAt: 'e.created_at' },
      }
    case 'part':
      return {
        from: sql`local_name_part as e cross join local_version as v`,
        where: allOf([isEntered(registry, entry), ofRegistry, sql<boolean>`v.model_name = e.model_name`]),
        columns: { ...ofAll, name: 'e.model_name' },
      }
  }
}
