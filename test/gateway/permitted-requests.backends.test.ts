import { afterAll, beforeAll, inject } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { createFileSource } from '../state/database-source.ts'
import type { FleetModel } from './odd-fleet.ts'
import { openPermitted, type PermittedGateway } from './open-permitted.ts'
import { itCostsNoMore } from './permitted-requests-suite.ts'
import { seedMlflow } from './seed-mlflow.ts'

const prefix = `cost-${process.pid}-`
const names = ['one', ...Array.from({ length: 12 }, (_, index) => `team-${index}`), 'other-1', 'zoo']
const fleet: FleetModel[] = names.map((name) => ({
  name: prefix + name,
  versions: [{ source: 's3://bucket/1' }, { source: 's3://bucket/2' }],
}))
const source = createFileSource()
let gateway: PermittedGateway

beforeAll(async () => {
  requireBackend('mlflow 3.17.2')
  const { url } = inject('mlflow')['3.17.2']
  await seedMlflow(url, fleet, `${prefix}runs`)
  gateway = await openPermitted({
    environments: ['dev'],
    registries: [{ name: 'mlflow', adapter: 'mlflow', environment: 'dev', timeoutMs: 30_000, url }],
    auth: {},
    database: { url: await source.createUrl() },
  })
}, 240_000)
afterAll(async () => {
  await gateway?.close()
  await source.dispose()
})

itCostsNoMore('MLflow', () => gateway, { registry: 'mlflow', prefix })
