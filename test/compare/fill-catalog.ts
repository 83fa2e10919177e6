import type { ModelRecord, ModelVersionRecord, RunRecord } from '../../src/contract/index.ts'
import type { Catalog } from '../../src/federation/catalog/catalog.ts'

const at = new Date(1_700_000_000_000)

/** As a sweep would fill it that has found models with one version each, which holds `champion` and has a run. */
export async function fillCatalog(
  { store }: Catalog,
  registry: string,
  models: readonly { readonly name: string; readonly auc: number }[],
): Promise<void> {
  const { id } = await store.begin(registry, 'test')
  const right = { id, registry, syncer: 'test' }
  const { startedAt } = await store.startSweep(right, { watermark: null, feed: null })
  const look = await store.look(id)
  const step = (phase: 'models' | 'versions' | 'runs') => ({ phase, place: null })
  await store.takeModels(right, look, models.map(toModel), step('models'))
  await store.takeVersions(right, look, models.map(toVersion), step('versions'))
  const runs = models.map((model) => ({ runId: `run-${model.name}`, outcome: toRun(model) }))
  await store.takeRuns(right, look, runs, step('runs'))
  await store.finishSweep(right, { startedAt, touch: look.touch })
}

function toModel({ name }: { readonly name: string }): ModelRecord {
  const rest = { description: null, tags: [], archived: false, latestVersions: null }
  return { name, ...rest, aliases: [{ name: 'champion', version: '1' }], createdAt: at, updatedAt: at }
}

function toVersion({ name }: { readonly name: string }): ModelVersionRecord {
  return {
    modelName: name,
    version: '1',
    description: null,
    tags: [],
    aliases: ['champion'],
    stage: 'None',
    archived: false,
    status: 'READY',
    statusMessage: null,
    source: `s3://bucket/${name}`,
    artifactUri: null,
    runId: `run-${name}`,
    digest: null,
    sizeBytes: null,
    createdAt: at,
    updatedAt: at,
    createdBy: null,
  }
}

function toRun({ name, auc }: { readonly name: string; readonly auc: number }): RunRecord {
  const metrics = [{ key: 'auc', value: auc, step: null }]
  const times = { startedAt: at, endedAt: at }
  return { runId: `run-${name}`, name: null, status: 'FINISHED', ...times, metrics, params: [], url: null }
}
