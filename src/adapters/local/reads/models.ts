import { sql } from 'kysely'
import type { Call, ModelPage, ModelQuery, ModelReads } from '../../../contract/index.ts'
import { selectOrderValues, toPage, toPageRequest } from '../../../state/lists/page.ts'
import { pushDown } from '../../../state/lists/pushdown.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { toModelOrder, toPlace } from '../order.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
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
  const { functions, queries } = registry.database
  const { condition, residue } = pushDown(query.filter, (leaf) => toModelCondition(functions, leaf))
  const order = toModelOrder(query.order)
  const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
  // The page is picked by ids first, so that tags and aliases are gathered for its rows and no others.
  const picked = queries
    .selectFrom('local_model as m')
    .select('m.id')
    .where('m.registry', '=', registry.name)
    .where(condition)
    .where(request.start)
    .orderBy(request.orderBy)
    .limit(request.size + 1)
  const page = selectModelRows(registry)
    .select(selectOrderValues(request))
    .innerJoin(picked.as('picked'), 'picked.id', 'm.id')
    .orderBy(request.orderBy)
  const rows = await runStatement(registry, call, page)
  return toPage(request, rows, toModelRecord, residue)
}
