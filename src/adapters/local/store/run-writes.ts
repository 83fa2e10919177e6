import type { Call, ParamRecord } from '../../../contract/index.ts'
import { requireKey, requireText } from '../naming.ts'
import { noteRun } from './feed.ts'
import { runWrite, type StoreContext, type Write } from './transaction.ts'

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
  /** `models://registry/name/version`, of whose run it says what that says. */
  readonly origin?: string
}

export function createRunWrites(context: StoreContext) {
  return {
    /** To a run that is there already as well: what is given replaces what was, the rest stays. */
    async log(run: NewRun, call?: Call): Promise<void> {
      requireKey(run.runId, 'The id of the run')
      requireText(run.name ?? '', 'The name of the run')
      requireText(run.status ?? '', 'The status of the run')
      await runWrite(context, call, async (write) => {
        await putRun(write, run)
        await putMetrics(write, run)
        await putParams(write, run)
        await noteRun(write, run.runId)
      })
    },
    /** With all that it says; one that is not there is no error. */
    async remove(runId: string, call?: Call): Promise<void> {
      await runWrite(context, call, async (write) => {
        const { queries, name: registry } = write
        await noteRun(write, runId)
        for (const table of ['local_run_metric', 'local_run_param', 'local_run'] as const) {
          await queries
            .deleteFrom(table)
            .where('registry', '=', registry)
            .where('run_id', '=', runId)
            .execute()
        }
      })
    },
  }
}

async function putRun({ queries, name: registry }: Write, run: NewRun): Promise<void> {
  const given = {
    ...(run.name === undefined ? {} : { name: run.name || null }),
    ...(run.status === undefined ? {} : { status: run.status || null }),
    ...(run.startedAt === undefined ? {} : { started_at: run.startedAt?.getTime() ?? null }),
    ...(run.origin === undefined ? {} : { origin: run.origin }),
    ...(run.endedAt === undefined ? {} : { ended_at: run.endedAt?.getTime() ?? null }),
  }
  await queries
    .insertInto('local_run')
    .values({
      registry,
      run_id: run.runId,
      name: null,
      status: null,
      started_at: null,
      ended_at: null,
      origin: null,
      ...given,
    })
    .onConflict((conflict) => {
      const same = conflict.columns(['registry', 'run_id'])
      return Object.keys(given).length === 0 ? same.doNothing() : same.doUpdateSet(given)
    })
    .execute()
}

async function putMetrics(
  { queries, name: registry }: Write,
  { runId, metrics = [] }: NewRun,
): Promise<void> {
  for (const { key, value, step = null } of metrics) {
    requireKey(key, 'The key of a metric')
    const logged = { value: Number.isNaN(value) ? null : value, step }
    await queries
      .insertInto('local_run_metric')
      .values({ registry, run_id: runId, key, ...logged })
      .onConflict((conflict) => conflict.columns(['registry', 'run_id', 'key']).doUpdateSet(logged))
      .execute()
  }
}

async function putParams({ queries, name: registry }: Write, { runId, params = [] }: NewRun): Promise<void> {
  for (const { key, value } of params) {
    requireKey(key, 'The key of a param')
    requireText(value, 'The value of a param')
    await queries
      .insertInto('local_run_param')
      .values({ registry, run_id: runId, key, value })
      .onConflict((conflict) => conflict.columns(['registry', 'run_id', 'key']).doUpdateSet({ value }))
      .execute()
  }
}
