import type { ParamRecord } from '../../../contract/index.ts'
import { requireKey, requireText } from '../naming.ts'
import { type WriteContext, type Writer, write } from './transaction.ts'

export interface NewRun {
  readonly runId: string
  readonly name?: string | null
  readonly status?: string | null
  readonly startedAt?: Date | null
  readonly endedAt?: Date | null
  readonly metrics?: readonly {
    readonly key: string
    readonly value: number
    readonly step?: number | null
  }[]
  readonly params?: readonly ParamRecord[]
}

/** Logs to a run that is there already as well: what is given replaces what was, the rest stays. */
export function logRun(context: WriteContext, run: NewRun): Promise<void> {
  requireKey(run.runId, 'The id of the run')
  requireText(run.name ?? '', 'The name of the run')
  requireText(run.status ?? '', 'The status of the run')
  return write(context, async (writer) => {
    await putRun(writer, context.registry, run)
    await putMetrics(writer, context.registry, run)
    await putParams(writer, context.registry, run)
  })
}

async function putRun(writer: Writer, registry: string, run: NewRun): Promise<void> {
  const given = {
    ...(run.name === undefined ? {} : { name: run.name || null }),
    ...(run.status === undefined ? {} : { status: run.status || null }),
    ...(run.startedAt === undefined ? {} : { started_at: run.startedAt?.getTime() ?? null }),
    ...(run.endedAt === undefined ? {} : { ended_at: run.endedAt?.getTime() ?? null }),
  }
  await writer
    .insertInto('local_run')
    .values({
      registry,
      run_id: run.runId,
      name: null,
      status: null,
      started_at: null,
      ended_at: null,
      ...given,
    })
    .onConflict((conflict) => {
      const same = conflict.columns(['registry', 'run_id'])
      return Object.keys(given).length === 0 ? same.doNothing() : same.doUpdateSet(given)
    })
    .execute()
}

async function putMetrics(writer: Writer, registry: string, { runId, metrics = [] }: NewRun): Promise<void> {
  for (const { key, value, step = null } of metrics) {
    requireKey(key, 'The key of a metric')
    const logged = { value: Number.isNaN(value) ? null : value, step }
    await writer
      .insertInto('local_run_metric')
      .values({ registry, run_id: runId, key, ...logged })
      .onConflict((conflict) => conflict.columns(['registry', 'run_id', 'key']).doUpdateSet(logged))
      .execute()
  }
}

async function putParams(writer: Writer, registry: string, { runId, params = [] }: NewRun): Promise<void> {
  for (const { key, value } of params) {
    requireKey(key, 'The key of a param')
    requireText(value, 'The value of a param')
    await writer
      .insertInto('local_run_param')
      .values({ registry, run_id: runId, key, value })
      .onConflict((conflict) => conflict.columns(['registry', 'run_id', 'key']).doUpdateSet({ value }))
      .execute()
  }
}
