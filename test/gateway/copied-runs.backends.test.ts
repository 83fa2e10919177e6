import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { silent } from '../state/database-source.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const versions = ['3.17.2', '2.22.4'] as const
const folder = mkdtempSync(join(tmpdir(), 'modelgate-copied-runs-'))
const databaseUrl = `sqlite:${join(folder, 'gateway.db')}`
const model = `copied-runs-${randomUUID()}`
const params = Array.from({ length: 150 }, (_, index) => ({ key: `p${index}`, value: `${index} ünï 🚀` }))

let gateway: OpenGateway
beforeAll(async () => {
  const root = join(folder, 'disk', 'given')
  mkdirSync(root, { recursive: true })
  writeFileSync(join(root, 'model.txt'), 'weights')
  const database = await openGatewayDatabase(databaseUrl, { log: silent })
  const store = createLocalStore(database, 'disk')
  await store.runs.log({
    runId: 'trained',
    name: 'nightly',
    status: 'FAILED',
    startedAt: new Date('2026-01-02T03:04:05.006Z'),
    endedAt: new Date('2026-01-02T04:04:05.006Z'),
    metrics: [
      { key: 'auc', value: 0.875, step: 7 },
      { key: 'loss', value: Number.NaN, step: 1 },
      { key: 'bound', value: Number.POSITIVE_INFINITY, step: 2 },
      { key: 'no key of MLflow’s?', value: 1, step: 0 },
    ],
    params,
  })
  await store.models.create({ name: model })
  await store.versions.create({ model, source: pathToFileURL(root).href, runId: 'trained' })
  await database.close()
  const servers = versions.map((version) => {
    const { url } = inject('mlflow')[version]
    return { name: version, adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }
  })
  const disk = { name: 'disk', adapter: 'local', environment: 'dev', artifactFolder: join(folder, 'disk') }
  const back = { name: 'back', adapter: 'local', environment: 'dev', artifactFolder: join(folder, 'back') }
  gateway = await openGateway({
    environments: ['dev'],
    registries: [disk, back, ...servers],
    database: { url: databaseUrl },
  })
})
afterAll(async () => {
  await gateway?.close()
  rmSync(folder, { recursive: true })
})

const copy = async (registry: string, to: string, name: string) => {
  const source = { key: { registry, model, version: '1' } }
  const input = { source, destination: { registry: to, name }, artifacts: 'COPY' }
  return (await gateway.data(mutations.copyVersion, { input })).copyModelVersion.modelVersion
}
const runOf = async (registry: string, name = model) => {
  const { modelVersion } = await gateway.data(
    `query ($registry: String!, $name: String!) {
      modelVersion(registry: $registry, model: $name, version: "1") {
        runId run { name status startedAt endedAt metrics { key value nonFinite step } params { key value } }
      }
    }`,
    { registry, name },
  )
  return modelVersion
}

it.each(versions)(
  'a copy in MLflow %s, and one of it elsewhere, has a run that says the same',
  async (server) => {
    const { run } = await runOf('disk')
    expect(run.params).toHaveLength(150)
    await copy('disk', server, model)
    const kept = { ...run, metrics: run.metrics.filter(({ key }: { key: string }) => !key.includes('?')) }
    const there = await runOf(server)
    expect(there.run).toEqual(kept)
    expect(there.runId).not.toBe('trained')
    await copy(server, 'back', `${model}-${server}`)
    expect((await runOf('back', `${model}-${server}`)).run).toEqual(kept)
  },
)
