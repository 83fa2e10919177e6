import type { AnyJson } from '../environment/any-json.ts'
import { type FleetModel, measuresOf } from './odd-fleet.ts'

/** Writes a fleet into a real MLflow by its REST API; many models at once. */
export async function seedMlflow(
  url: string,
  fleet: readonly FleetModel[],
  experiment: string,
): Promise<void> {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json() as Promise<AnyJson>
  }
  const { experiment_id } = await post('experiments/create', { name: experiment })
  const waiting = [...fleet]
  const work = async () => {
    for (let model = waiting.shift(); model; model = waiting.shift())
      await seedModel(model, post, experiment_id)
  }
  await Promise.all([work(), work(), work()])
}

async function seedModel(
  model: FleetModel,
  post: (path: string, body: object) => Promise<AnyJson>,
  experiment: string,
): Promise<void> {
  const { name } = model
  await post('registered-models/create', { name, description: model.description, tags: toPairs(model.tags) })
  for (const [index, { run, stage, ...version }] of (model.versions ?? []).entries()) {
    const { durationMs, sizeBytes } = measuresOf(model, index + 1)
    const runId = run && (await seedRun(run, post, experiment, durationMs))
    // As the gateway keeps it of what it has copied.
    const size = sizeBytes === null ? {} : { 'modelgate.size_bytes': String(sizeBytes) }
    const { model_version } = await post('model-versions/create', {
      name,
      source: version.source ?? 's3://bucket',
      run_id: runId,
      description: version.description,
      tags: toPairs({ ...version.tags, ...size }),
    })
    if (stage) await post('model-versions/transition-stage', { name, version: model_version.version, stage })
  }
  for (const [alias, version] of Object.entries(model.aliases ?? {})) {
    await post('registered-models/alias', { name, alias, version: String(version) })
  }
}

async function seedRun(
  run: { metrics: Readonly<Record<string, number>>; params: Readonly<Record<string, string>> },
  post: (path: string, body: object) => Promise<AnyJson>,
  experiment: string,
  durationMs: number | null,
): Promise<string> {
  const start_time = Date.now()
  const created = await post('runs/create', { experiment_id: experiment, start_time })
  const runId: string = created.run.info.run_id
  await post('runs/log-batch', {
    run_id: runId,
    metrics: Object.entries(run.metrics).map(([key, value]) => ({
      key,
      value: Number.isFinite(value) ? value : String(value),
      timestamp: Date.now(),
      step: 0,
    })),
    params: toPairs(run.params),
  })
  if (durationMs !== null) await post('runs/update', { run_id: runId, end_time: start_time + durationMs })
  return runId
}

function toPairs(record: Readonly<Record<string, string>> = {}): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }))
}
