import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { VersionPage } from '../../contract/index.ts'
import type { KeptVersionQuery } from '../../stores/kept-records.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { GatewayDatabase } from '../database.ts'
import { allOf, always } from '../lists/condition.ts'
import { decodeContinuation } from '../lists/continuation.ts'
import { type Place, toKeysetStretches } from '../lists/keyset.ts'
import { type OrderTerm, toOrderBy } from '../lists/order-term.ts'
import {
  orderPicked,
  type PageRequest,
  pickPage,
  selectPickedValues,
  toPage,
  toPageRequest,
} from '../lists/page.ts'
import { pushDown } from '../lists/pushdown.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { toVersionCondition } from './catalog-conditions.ts'
import { type RowOrder, toPlace, toVersionOrder } from './catalog-order.ts'
import { amongIds } from './catalog-part.ts'
import { selectVersionRows, toSizedRecord } from './catalog-rows.ts'
import { findFewVersions } from './few-versions.ts'
import type { CatalogTables } from './tables.ts'

type Database = GatewayDatabase<CatalogTables>

/**
 * A page of versions. Where the filter leads to few, those are read and sorted; else an index that has the order is gone
 * through until there are enough. The page is picked by ids first, so that tags and aliases are gathered for its rows and
 * no others.
 */
export async function listVersions(
  database: Database,
  part: RegistryPart,
  query: KeptVersionQuery,
): Promise<VersionPage> {
  const { condition, residue } = pushDown(query.filter, (leaf) =>
    toVersionCondition(database.functions, part, leaf),
  )
  const order = toVersionOrder(part, query.order)
  const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
  const shown = allOf([condition, query.includeArchived ? always : sql<SqlBool>`v.archived = 0`])
  const few = await findFewVersions(database, part, query.filter)
  const valued = few === null ? valuedFirst(part, query) : null
  const wish = { order, request, shown, query }
  const rows =
    valued !== null
      ? await pickByValue(database, part, { ...wish, valued })
      : few !== null
        ? await sortFew(database, part, { ...wish, few })
        : await loadPage(database, request, all(part), shown)
  return toPage(request, rows, toSizedRecord, residue)
}

interface From {
  readonly from: RawBuilder<unknown>
  readonly where: SqlCondition
}

function all({ id }: RegistryPart): From {
  return {
    from: sql`catalog_version as v join catalog_model as m on m.id = v.model_id`,
    where: sql<SqlBool>`v.registry_id = ${id} and m.registry_id = ${id}`,
  }
}

interface ListWish {
  readonly order: RowOrder
  readonly request: PageRequest
  readonly shown: SqlCondition
  readonly query: KeptVersionQuery
}

/** What they are ordered by first is read once for each, where it is a metric. */
function sortFew(
  database: Database,
  part: RegistryPart,
  { order, request, shown, query, few }: ListWish & { readonly few: readonly number[] },
) {
  const { from, where } = those(database, part, few)
  const [asked] = query.order
  const [first, ...others] = order.terms
  if (asked?.field !== 'metric' || !isStorableText(asked.key) || first === undefined) {
    return loadPage(database, request, { from, where }, shown)
  }
  const terms = [{ ...first, expression: sql.ref<number | null>('x.value') }, ...others]
  const withMetric = sql`${from}
    left join catalog_run as r on r.registry_id = v.registry_id and r.run_id = v.run_id
    left join catalog_run_metric as x on x.run = r.id and x.key = ${asked.key}`
  const ordered = requestOf(terms, placeOf(order, query), request.size)
  return loadPage(database, ordered, { from: withMetric, where }, shown)
}

/** SQLite takes tables that are crossed in the order in which they stand, and no index for a sum. */
function those(database: Database, { id }: RegistryPart, few: readonly number[]): From {
  const ofRegistry = database.kind === 'sqlite' ? sql`+v.registry_id` : sql`v.registry_id`
  return {
    from: sql`catalog_version as v cross join catalog_model as m`,
    where: sql<SqlBool>`${amongIds(database, 'v.id', few)} and ${ofRegistry} = ${id} and m.id = v.model_id`,
  }
}

/** Versions with the value that they are ordered by first. */
interface Valued extends From {
  readonly value: RawBuilder<number>
}

/** Where not all versions have a value, and an index has those that do: it comes first. */
function valuedFirst(part: RegistryPart, { order: [first] }: KeptVersionQuery): Valued | null {
  const { id } = part
  switch (first?.field) {
    case 'size': {
      const { from, where } = all(part)
      const value = sql.ref<number>('v.total_bytes')
      return { value, from, where: sql<SqlBool>`${where} and ${value} is not null` }
    }
    case 'duration':
      return {
        value: sql.ref<number>('r.duration_ms'),
        from: sql`catalog_run as r cross join catalog_version as v cross join catalog_model as m`,
        where: sql<SqlBool>`r.registry_id = ${id} and r.duration_ms is not null and ${ofRuns(id)}`,
      }
    case 'metric': {
      if (!isStorableText(first.key)) return null
      return {
        value: sql.ref<number>('x.value'),
        from: sql`catalog_run_metric as x cross join catalog_run as r cross join catalog_version as v
          cross join catalog_model as m`,
        where: sql<SqlBool>`x.registry_id = ${id} and x.key = ${first.key} and x.value is not null
          and r.id = x.run and ${ofRuns(id)}`,
      }
    }
    default:
      return null
  }
}

function ofRuns(id: number): RawBuilder<unknown> {
  return sql`v.registry_id = ${id} and v.run_id = r.run_id and m.id = v.model_id`
}

interface ValueWish extends ListWish {
  readonly valued: Valued
}

/** By the index of the first value; those without it come last, and are asked for where there are not enough. */
async function pickByValue(
  database: Database,
  part: RegistryPart,
  { order, request, shown, valued, query }: ValueWish,
) {
  const after = placeOf(order, query)
  const [first, ...others] = order.terms as [OrderTerm, ...OrderTerm[]]
  const byValue = [{ ...first, expression: valued.value, optional: false }, ...others]
  const isPast = after !== null && after.values.length > 0 && after.values[0] === null
  const rows = isPast ? [] : await loadPage(database, requestOf(byValue, after, request.size), valued, shown)
  const left = request.size + 1 - rows.length
  if (left <= 0) return rows
  const without = { ...first, expression: sql<null>`cast(null as double precision)`, optional: true }
  const rest = isPast ? { ...after, values: after.values.slice(1) } : null
  return [
    ...rows,
    ...(await loadPage(
      database,
      { ...requestOf(others, rest, left - 1), terms: [without, ...others] },
      all(part),
      allOf([shown, sql<SqlBool>`${first.expression} is null`]),
    )),
  ]
}

function requestOf(terms: readonly OrderTerm[], after: Place | null, size: number): PageRequest {
  const stretches = after === null ? [always] : toKeysetStretches(terms, after)
  return { terms, start: always, stretches, orderBy: toOrderBy(terms), size }
}

function loadPage(database: Database, request: PageRequest, { from, where }: From, shown: SqlCondition) {
  const picked = pickPage<{ id: number }>(request, { keys: sql`v.id`, from, where: allOf([where, shown]) })
  return selectVersionRows(database, null)
    .select(selectPickedValues(request, 'picked'))
    .innerJoin(picked.as<'picked'>(sql.ref('picked')), 'picked.id', 'v.id')
    .orderBy(orderPicked(request.terms, 'picked'))
    .execute()
}

/** Where the page begins: after the page before, or where the query says. */
function placeOf(order: RowOrder, { continuation, after }: KeptVersionQuery): Place | null {
  if (continuation === null) return after && toPlace(order, after)
  return { values: decodeContinuation(continuation, order.terms.length), isBefore: false }
}
