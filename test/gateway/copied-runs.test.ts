import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { localTables } from '../../src/adapters/local/store/tables.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { silent } from '../state/database-source.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelgate-copied-runs-'))
const url = `sqlite:${join(folder, 'gateway.db')}`
const trained = {
  runId: 'trained',
  name: 'nightly',
  status: 'FINISHED',
  startedAt: new Date('2026-01-02T03:04:05.006Z'),
  endedAt: new Date('2026-01-02T04:04:05.006Z'),
  metrics: [
    { key: 'auc', value: 0.875, step: 7 },
    { key: 'loss', value: Number.NaN, step: 1 },
    { key: 'bound', value: Number.POSITIVE_INFINITY, step: null },
  ],
  params: [
    { key: 'depth', value: '6' },
    { key: 'note', value: 'ünï 🚀' },
  ],
}

let gateway: OpenGateway
beforeAll(async () => {
  const root = join(folder, 'dev', 'given')
  mkdirSync(root, { recursive: true })
  writeFileSync(join(root, 'model.txt'), 'weights')
  const database = await openGatewayDatabase(url, { log: silent })
  const store = createLocalStore(database, 'dev')
  await store.runs.log(trained)
  await store.models.create({ name: 'net' })
  await store.versions.create({ model: 'net', source: pathToFileURL(root).href, runId: 'trained' })
  await database.close()
  gateway = await openGateway({
    environments: ['dev'],
    registries: ['dev', 'staging', 'prod'].map((name) => ({
      name,
      adapter: 'local',
      environment: 'dev',
      artifactFolder: join(folder, name),
    })),
    database: { url },
  })
})
afterAll(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true })
})

const copy = async (from: string, to: string, artifacts: 'COPY' | 'REFERENCE') => {
  const source = { key: { registry: from, model: 'net', version: '1' } }
  const input = { source, destination: { registry: to, name: 'net' }, artifacts }
  return gateway.ask(mutations.copyVersion, { input })
}

const facts = (registry: string) =>
  gateway.data(
    `query ($registry: String!) {
      modelVersion(registry: $registry, model: "net", version: "1") {
        runId run {
          registry { name } name status startedAt endedAt
          metrics { key value nonFinite step } params { key value }
        }
      }
    }`,
    { registry },
  )

it('a copy with its files has a run of its own, which says what the origin’s says', async () => {
  const { modelVersion: original } = await facts('dev')
  expect(original.run).toMatchObject({ name: 'nightly', metrics: { length: 3 }, params: { length: 2 } })
  expect((await copy('dev', 'prod', 'COPY')).errors).toBeUndefined()
  const { modelVersion } = await facts('prod')
  expect(modelVersion.runId).not.toBe('trained')
  expect(modelVersion.run).toEqual({ ...original.run, registry: { name: 'prod' } })
  const database = await openGatewayDatabase(url, { log: silent })
  const { queries } = localTables.in(database)
  const rows = await queries.selectFrom('local_run').select(['run_id', 'origin']).execute()
  await database.close()
  expect(rows).toContainEqual({ run_id: modelVersion.runId, origin: 'models://dev/net/1' })
})

it('a copy without its files has the origin’s', async () => {
  expect((await copy('dev', 'staging', 'REFERENCE')).errors).toBeUndefined()
  const { modelVersion } = await facts('staging')
  expect(modelVersion.runId).toBeNull()
  expect(modelVersion.run).toMatchObject({ registry: { name: 'dev' }, name: 'nightly' })
})
