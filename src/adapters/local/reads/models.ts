import { sql } from 'kysely'
import type { Call, ModelPage, ModelQuery, ModelReads } from '../../../contract/index.ts'
import { allOf } from '../../../state/lists/condition.ts'
import {
  orderPicked,
  pickPage,
  selectPickedValues,
  toPage,
  toPageRequest,
} from '../../../state/lists/page.ts'
import { pushDown } from '../../../state/lists/pushdown.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { type OrderColumns, toModelOrder, toPlace } from '../order.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { chooseEntry, type Entry, isEntered } from './entries.ts'
import { toModelCondition } from './model-filter.ts'
import { selectModelRows, toModelRecord } from './model-rows.ts'

export function modelReads(registry: LocalRegistry): ModelReads {
  return {
    async get(names, call) {
      const possible = names.filter(isStorableText)
      if (possible.length === 0) return names.map(() => null)
      const among = registry.database.functions.inTexts(sql.ref('m.name'), possible)
      const rows = await runStatement(registry, call, selectModelRows(registry).where(among))
      const records = new Map(rows.map((row) => [row.name, toModelRecord(row)]))
      return names.map((name) => records.get(name) ?? null)
    },
    list: (query, call) => listModels(registry, query, call),
  }
}

async function listModels(registry: LocalRegistry, query: ModelQuery, call: Call): Promise<ModelPage> {
  const { filter, order: asked } = query
  const { condition, residue } = pushDown(filter, (leaf) =>
    toModelCondition(registry.database.functions, leaf),
  )
  const list = { filter, order: asked[0]?.field ?? 'name', tags: 'local_model_tag' } as const
  const entered = enterModels(registry, await chooseEntry(registry, list, call))
  const order = toModelOrder(asked, entered.columns)
  const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
  // The page is picked by ids first, so that tags and aliases are gathered for its rows and no others.
  const picked = pickPage<{ id: string }>(request, {
    keys: sql`m.id`,
    from: entered.from,
    where: allOf([entered.where, condition]),
  })
  const page = selectModelRows(registry)
    .select(selectPickedValues(request, 'picked'))
    .innerJoin(picked.as<'picked'>(sql.ref('picked')), 'picked.id', 'm.id')
    .orderBy(orderPicked(request.terms, 'picked'))
  const rows = await runStatement(registry, call, page)
  return toPage(request, rows, toModelRecord, residue)
}

const ofAll: OrderColumns = { name: 'm.name', createdAt: 'm.created_at', updatedAt: 'm.updated_at' }

/** SQLite reads what stands first in a cross join first. */
function enterModels(registry: LocalRegistry, entry: Entry) {
  const ofRegistry = sql<boolean>`m.registry = ${registry.name}`
  switch (entry.kind) {
    case 'all':
    case 'runs':
      return { from: sql`local_model as m`, where: ofRegistry, columns: ofAll }
    case 'tag':
      return {
        from: sql`local_model_tag as e cross join local_model as m`,
        where: allOf([isEntered(registry, entry), sql<boolean>`m.id = e.model_id`]),
        columns: { ...ofAll, name: 'e.model_name', createdAt: 'e.created_at' },
      }
    case 'part':
      return {
        from: sql`local_name_part as e cross join local_model as m`,
        where: allOf([isEntered(registry, entry), ofRegistry, sql<boolean>`m.name = e.model_name`]),
        columns: { ...ofAll, name: 'e.model_name' },
      }
  }
}
