import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CountedPart, GroupBy } from '../../stores/model-counts.ts'
import type { GatewayDatabase } from '../database.ts'
import { anyOf } from '../lists/condition.ts'
import { pushDown } from '../lists/pushdown.ts'
import type { SqlCondition, SqlFunctions } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { toModelCondition } from './catalog-conditions.ts'
import { type CatalogTables, catalogTables } from './tables.ts'

export interface ModelCount {
  readonly registryId: number
  readonly key: string | null
  readonly models: number
}

/** Counts models of several registries by one statement. */
export class ModelCounts {
  readonly #database: GatewayDatabase<CatalogTables>

  constructor(database: GatewayDatabase) {
    this.#database = catalogTables.in(database)
  }

  /**
   * @param first of how many groups; `null`: of all.
   * @returns `left`: of these registries a filter could not be judged, and nothing is counted; then all groups of the
   *   others are there.
   */
  async countModels(
    parts: readonly CountedPart[],
    by: GroupBy,
    first: number | null,
  ): Promise<{ readonly counts: readonly ModelCount[]; readonly left: readonly number[] }> {
    const { functions, queries } = this.#database
    const left: number[] = []
    // Registries of which the same is asked are one condition.
    const conditions = new Map<string, { readonly ids: number[]; readonly condition: SqlCondition }>()
    for (const { id, filter } of parts) {
      const key = JSON.stringify(filter)
      const known = conditions.get(key)
      const { condition, residue } = pushDown(filter, (leaf) => toModelCondition(functions, leaf))
      if (residue !== null) left.push(id)
      else if (known) known.ids.push(id)
      else conditions.set(key, { ids: [id], condition })
    }
    if (conditions.size === 0) return { counts: [], left }
    const wanted = anyOf(
      [...conditions.values()].map(
        ({ ids, condition }) => sql<SqlBool>`(m.registry_id in (${sql.join(ids)}) and ${condition})`,
      ),
    )
    const most = left.length === 0 ? first : null
    const { rows } = await countGroups(by, wanted, most, functions).execute(queries)
    return { counts: rows.map(({ registry_id: registryId, ...row }) => ({ registryId, ...row })), left }
  }
}

interface CountRow {
  readonly registry_id: number
  readonly key: string | null
  readonly models: number
}

function countGroups(by: GroupBy, wanted: SqlCondition, first: number | null, functions: SqlFunctions) {
  const { key, from } = keyed(by, functions)
  const counted = sql`select m.registry_id, ${key} as "key", count(*) as models from ${from}
    where m.archived = 0 and ${wanted} group by 1, 2`
  const summed = sql`select counted.*, sum(models) over (partition by "key") as total from (${counted}) as counted`
  const placed = sql`select summed.*,
    dense_rank() over (order by total desc, "key" is null, "key") as place from (${summed}) as summed`
  const some = first === null ? sql`` : sql`where place <= ${first}`
  return sql<CountRow>`select registry_id, "key", models from (${placed}) as placed ${some} order by place`
}

/** What no text that is kept holds puts no model into a group. */
function keyed(
  by: GroupBy,
  { beforeFirst }: SqlFunctions,
): { readonly key: RawBuilder<string | null>; readonly from: RawBuilder<unknown> } {
  const models = sql`catalog_model as m`
  const text = 'tag' in by ? by.tag : by.nameBefore
  if (!isStorableText(text)) return { key: sql<null>`cast(null as text)`, from: models }
  if (!('tag' in by)) return { key: beforeFirst(sql.ref('m.name'), text), from: models }
  const from = sql`${models} left join catalog_model_tag as t on t.model_id = m.id and t.key = ${text}`
  return { key: sql.ref('t.value'), from }
}
