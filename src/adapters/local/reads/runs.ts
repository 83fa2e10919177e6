import { type SqlBool, sql } from 'kysely'
import type { MetricRecord, ParamRecord, RunReads, RunRecord } from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import type { LocalRunRow } from '../store/tables.ts'

export function runReads(registry: LocalRegistry): RunReads {
  const { queries, functions } = registry.database
  return {
    async get(runIds, call) {
      const possible = runIds.filter(isStorableText)
      if (possible.length === 0) return runIds.map(() => null)
      const among = functions.inTexts(sql.ref('run_id'), possible)
      const ofRegistry = sql<SqlBool>`registry = ${registry.name} and ${among}`
      const runs = await runStatement(
        registry,
        call,
        queries.selectFrom('local_run').selectAll().where(ofRegistry),
      )
      if (runs.length === 0) return runIds.map(() => null)
      const metrics = await runStatement(
        registry,
        call,
        queries.selectFrom('local_run_metric').selectAll().where(ofRegistry),
      )
      const params = await runStatement(
        registry,
        call,
        queries.selectFrom('local_run_param').selectAll().where(ofRegistry),
      )
      const metricsOf = Map.groupBy(metrics, (metric) => metric.run_id)
      const paramsOf = Map.groupBy(params, (param) => param.run_id)
      const records = new Map(
        runs.map((run) => [
          run.run_id,
          toRunRecord(run, metricsOf.get(run.run_id)?.map(toMetric), paramsOf.get(run.run_id)?.map(toParam)),
        ]),
      )
      return runIds.map((runId) => records.get(runId) ?? null)
    },
  }
}

function toMetric(row: { key: string; value: number | null; step: number | null }): MetricRecord {
  return { key: row.key, value: row.value ?? Number.NaN, step: row.step }
}

function toParam({ key, value }: ParamRecord): ParamRecord {
  return { key, value }
}

function toRunRecord(
  run: LocalRunRow,
  metrics: readonly MetricRecord[] = [],
  params: readonly ParamRecord[] = [],
): RunRecord {
  return {
    runId: run.run_id,
    name: run.name,
    status: run.status,
    startedAt: toDate(run.started_at),
    endedAt: toDate(run.ended_at),
    metrics,
    params,
    url: null,
  }
}

function toDate(time: number | null): Date | null {
  return time === null ? null : new Date(time)
}
