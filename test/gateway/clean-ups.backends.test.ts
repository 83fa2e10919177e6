import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { CleanUps } from '../../src/state/clean-ups/clean-ups.ts'
import { silent } from '../adapters/counted-call.ts'
import { MlflowWriter } from '../conformance/mlflow-writer.ts'
import { faults } from '../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { copyVersion } from './mutations.ts'
import { openGateway } from './open-gateway.ts'

/** Long enough for a registry to fail all that is asked of it, and for the gateway to find it back. */
const settings = { timeoutMs: 3000, circuit: { failures: 5, probeIntervalMs: 200 } }

describe.each(mlflowVersions)('a copy into MLflow %s that cannot be cleaned up', (version) => {
  const source = `source-${randomUUID().slice(0, 8)}`
  const name = `left-${randomUUID().slice(0, 8)}`
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-clean-ups-'))
  const url = `sqlite:${join(folder, 'gateway.db')}`
  let proxy: FaultProxy
  let writer: MlflowWriter
  const open = () =>
    openGateway({
      environments: ['dev'],
      database: { url },
      registries: [
        { name: 'from', adapter: 'mlflow', environment: 'dev', url: inject('mlflow')[version].url },
        { name: 'to', adapter: 'mlflow', environment: 'dev', url: proxy.url, ...settings },
      ],
    })
  const left = async () => {
    const database = await openGatewayDatabase(url, { log: silent })
    try {
      return await new CleanUps(database).list()
    } finally {
      await database.close()
    }
  }

  beforeAll(async () => {
    requireBackend(`mlflow ${version}`)
    const upstream = inject('mlflow')[version].url
    writer = new MlflowWriter(upstream)
    proxy = await startFaultProxy(upstream)
    const { experiment_id } = await writer.post('experiments/create', { name: source })
    const { run } = await writer.post('runs/create', { experiment_id })
    const { run_id, artifact_uri } = (run as { info: { run_id: string; artifact_uri: string } }).info
    for (const file of ['MLmodel', 'weights.bin']) {
      const path = `${experiment_id}/${run_id}/artifacts/model/${file}`
      const answer = await fetch(`${upstream}/api/2.0/mlflow-artifacts/artifacts/${path}`, {
        method: 'PUT',
        body: file.repeat(1000),
      })
      expect(answer.ok).toBe(true)
    }
    await writer.post('registered-models/create', { name: source })
    await writer.post('model-versions/create', { name: source, source: `${artifact_uri}/model`, run_id })
  })
  afterAll(() => proxy?.close())

  it('is cleaned up by the next gateway: files, run and model', async () => {
    const first = await open()
    // The second file fails, and from then on all that is asked of the registry, also by others.
    let isFailing = false
    await proxy.setMode(faults.status(503), ({ method, path }) => {
      isFailing ||= method === 'PUT' && path.includes('weights')
      return isFailing
    })
    const { errors } = await first.ask(copyVersion, {
      input: {
        source: { key: { registry: 'from', model: source, version: '1' } },
        destination: { registry: 'to', name },
        artifacts: 'COPY',
      },
    })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    expect((await left()).map(({ kind }) => kind).toSorted()).toEqual(['files', 'model'])
    await first.close()

    await proxy.setMode(faults.pass)
    const second = await open()
    await expect.poll(left, { timeout: 30_000, interval: 200 }).toEqual([])
    await second.close()
    const { runs } = (await writer.post('runs/search', {
      experiment_ids: [await experimentOfCopies()],
      filter: `tags.\`modelgate.origin\` = 'models://from/${source}/1'`,
      run_view_type: 'ACTIVE_ONLY',
    })) as { runs?: readonly unknown[] }
    expect(runs ?? []).toEqual([])
    const found = await fetch(
      `${inject('mlflow')[version].url}/api/2.0/mlflow/registered-models/get?name=${name}`,
    )
    expect(found.status).toBe(404)
  }, 60_000)

  async function experimentOfCopies(): Promise<string> {
    const answer = await fetch(
      `${inject('mlflow')[version].url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=modelgate`,
    )
    const { experiment } = (await answer.json()) as { experiment: { experiment_id: string } }
    return experiment.experiment_id
  }
})
