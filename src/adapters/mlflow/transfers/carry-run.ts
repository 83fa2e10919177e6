import type { Call, RunRecord } from '../../../contract/index.ts'
import { chunk } from '../reads/batches.ts'
import type { MlflowClient } from '../wire/client.ts'

/** MLflow's own bounds for one request and one value. */
const paramsPerRequest = 100
const metricsPerRequest = 500
const longestParam = 6000
const possibleKey = /^(?!\/)(?!.*\/\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))[\p{L}\p{N}_\-. :/]{1,250}(?<!\/)$/u

const statuses: readonly (string | null)[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

/** What the run of the original says, into the run that has its files here. */
export async function carryRun(
  client: MlflowClient,
  runId: string,
  run: RunRecord,
  call: Call,
): Promise<void> {
  const params = run.params.filter(
    ({ key, value }) => possibleKey.test(key) && [...value].length <= longestParam,
  )
  const metrics = run.metrics.filter(({ key }) => possibleKey.test(key))
  const lost = run.params.length - params.length + run.metrics.length - metrics.length
  if (lost > 0) call.log.warn({ runId, lost }, 'MLflow cannot keep some params and metrics of a copied run')
  for (const part of chunk(params, paramsPerRequest)) {
    await client.write('POST', 'runs/log-batch', { run_id: runId, params: part }, call)
  }
  const timestamp = (run.endedAt ?? run.startedAt ?? new Date()).getTime()
  const logged = metrics.map(({ key, value, step }) => ({
    key,
    value: Number.isFinite(value) ? value : String(value),
    timestamp,
    step: step ?? 0,
  }))
  for (const part of chunk(logged, metricsPerRequest)) {
    await client.write('POST', 'runs/log-batch', { run_id: runId, metrics: part }, call)
  }
}

/** How it ended; a word that MLflow does not have is that of a run that is over. */
export function endOf(run: RunRecord | null) {
  if (run === null) return { status: 'FINISHED', end_time: Date.now() }
  const status = statuses.includes(run.status) ? run.status : 'FINISHED'
  return { status, ...(run.endedAt !== null && { end_time: run.endedAt.getTime() }) }
}
