import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { untilSynced } from '../catalog/indexed-suite.ts'
import type { AnyJson } from '../environment/any-json.ts'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const name = `run-facts-${process.pid}`
const startedAt = 1_764_000_000_000
const facts = `run { name durationMs tags { key value } team: tags(keys: ["team"]) { key value } sourceCommit
  datasets { name digest source } }`
const dataset = { name: 'claims', digest: 'abc123', source_type: 's3', source: '{"uri": "s3://data/claims"}' }

describe.each(mlflowVersions)('what was behind a version, of MLflow %s', (mlflowVersion) => {
  let gateway: OpenGateway

  async function post(path: string, body: object): Promise<AnyJson> {
    const { url } = inject('mlflow')[mlflowVersion]
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  /** A version whose run took so long; null: it goes on. */
  async function makeVersion(experiment_id: string, durationMs: number | null, size: number): Promise<void> {
    const tags = [
      { key: 'team', value: 'fraud' },
      { key: 'mlflow.source.git.commit', value: '0123456789abcdef' },
    ]
    const { run } = await post('runs/create', {
      experiment_id,
      start_time: startedAt,
      run_name: 'nightly',
      tags,
    })
    const run_id: string = run.info.run_id
    const datasets = [{ tags: [{ key: 'mlflow.data.context', value: 'training' }], dataset }]
    await post('runs/log-inputs', { run_id, datasets })
    if (durationMs !== null)
      await post('runs/update', { run_id, status: 'FINISHED', end_time: startedAt + durationMs })
    const sized = [{ key: 'modelgate.size_bytes', value: String(size) }]
    await post('model-versions/create', { name, source: 's3://bucket/m', run_id, tags: sized })
  }

  beforeAll(async () => {
    requireBackend(`mlflow ${mlflowVersion}`)
    const { experiment_id } = await post('experiments/create', { name })
    await post('registered-models/create', { name })
    await makeVersion(experiment_id, 90_000, 100)
    await makeVersion(experiment_id, 60_000, 250)
    await makeVersion(experiment_id, null, 250)
    const { url } = inject('mlflow')[mlflowVersion]
    const registries = [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }]
    gateway = await openGateway({ environments: ['dev'], registries, catalog: { syncEvery: '1h' } })
    await untilSynced(gateway)
  }, 240_000)
  afterAll(() => gateway?.close())

  it('is told LIVE and INDEXED, of one run and of several', async () => {
    const one = `{ modelVersion(registry: "main", model: "${name}", version: "1") { ${facts} } }`
    const all = (read: string) => `{ modelVersions(read: ${read}, where: { model: { eq: "${name}" } },
      orderBy: [{ field: { by: DURATION } }]) { nodes { version ${facts} } } }`
    const { modelVersion } = await gateway.data(one)
    expect(modelVersion.run).toMatchObject({
      durationMs: 90_000,
      team: [{ key: 'team', value: 'fraud' }],
      sourceCommit: '0123456789abcdef',
      datasets: [{ name: 'claims', digest: 'abc123', source: dataset.source }],
    })
    const keys = modelVersion.run.tags.map(({ key }: { key: string }) => key)
    expect(keys).toEqual(keys.toSorted())
    expect(keys).toEqual(expect.arrayContaining(['team', 'mlflow.source.git.commit']))
    const [live, indexed] = [await gateway.data(all('LIVE')), await gateway.data(all('INDEXED'))]
    expect(indexed).toEqual(live)
    expect(live.modelVersions.nodes.map(({ version }: { version: string }) => version)).toEqual([
      '2',
      '1',
      '3',
    ])
    expect(live.modelVersions.nodes[1].run).toEqual(modelVersion.run)
  })

  it('is compared by time and size', async () => {
    const of = (version: string) => `{ key: { registry: "main", model: "${name}", version: "${version}" } }`
    const compare = async (from: string, to: string) => {
      const difference = 'key change from to delta'
      const query = `{ compareVersions(from: ${of(from)}, to: ${of(to)}) {
        durationMs { ${difference} } sizeBytes { ${difference} } } }`
      return (await gateway.data(query)).compareVersions
    }
    const duration = { key: 'durationMs', from: 90_000 }
    expect(await compare('1', '2')).toEqual({
      durationMs: { ...duration, change: 'CHANGED', to: 60_000, delta: -30_000 },
      sizeBytes: { key: 'sizeBytes', change: 'CHANGED', from: 100, to: 250, delta: 150 },
    })
    expect(await compare('1', '3')).toMatchObject({
      durationMs: { ...duration, change: 'REMOVED', to: null, delta: null },
    })
    expect(await compare('3', '1')).toMatchObject({ durationMs: { change: 'ADDED', to: 90_000 } })
    expect(await compare('3', '3')).toMatchObject({
      durationMs: null,
      sizeBytes: { change: 'SAME', delta: 0 },
    })
    expect(await compare('1', '99')).toEqual({ durationMs: null, sizeBytes: null })
  })
})
