import { sql } from 'kysely'
import { type Outcome, RegistryError, type RunRecord } from '../../contract/index.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { GatewayDatabase } from '../database.ts'
import { isStorableText } from '../storable-text.ts'
import { toRunRecord } from './catalog-rows.ts'
import type { CatalogTables } from './tables.ts'

/** With all their metrics and params, in the order of the ids. */
export async function readRuns(
  { queries, functions }: GatewayDatabase<CatalogTables>,
  part: RegistryPart,
  runIds: readonly string[],
): Promise<Outcome<RunRecord>[]> {
  const rows = await queries
    .selectFrom('catalog_run as r')
    .selectAll()
    .where('r.registry_id', '=', part.id)
    .where(functions.inTexts(sql.ref('r.run_id'), runIds.filter(isStorableText)))
    .execute()
  if (rows.length === 0) return runIds.map(() => null)
  const ids = rows.map(({ id }) => id)
  const [metrics, params] = await Promise.all([
    queries.selectFrom('catalog_run_metric').selectAll().where('run', 'in', ids).execute(),
    queries.selectFrom('catalog_run_param').selectAll().where('run', 'in', ids).execute(),
  ])
  const metricsOf = Map.groupBy(metrics, ({ run }) => run)
  const paramsOf = Map.groupBy(params, ({ run }) => run)
  const outcomes = new Map<string, Outcome<RunRecord>>(
    rows.map((row) => {
      const own = metricsOf.get(row.id) ?? []
      const metricRecords = own.map(({ key, value, step }) => ({ key, value: value ?? Number.NaN, step }))
      const paramRecords = (paramsOf.get(row.id) ?? []).map(({ key, value }) => ({ key, value }))
      if (row.state === 'there') return [row.run_id, toRunRecord(row, metricRecords, paramRecords)]
      return [row.run_id, row.state === 'hidden' ? hidden() : null]
    }),
  )
  return runIds.map((runId) => outcomes.get(runId) ?? null)
}

function hidden(): RegistryError {
  return new RegistryError('FORBIDDEN', 'The run is there, and hidden from the gateway.')
}
