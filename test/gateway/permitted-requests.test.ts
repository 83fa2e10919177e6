import { afterAll, beforeAll } from 'vitest'
import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { createFileSource } from '../state/database-source.ts'
import type { FleetModel } from './odd-fleet.ts'
import { openPermitted, type PermittedGateway } from './open-permitted.ts'
import { itCostsNoMore } from './permitted-requests-suite.ts'
import { seedAzureFleet } from './seed-azure-fleet.ts'
import { seedLocal } from './seed-local.ts'

const azure = { ...place, auth: { token: 't' } }
const names = [
  'one',
  ...Array.from({ length: 12 }, (_, index) => `team-${index}`),
  'other-1',
  'other-2',
  'zoo',
]
const fleet: FleetModel[] = names.map((name) => ({
  name,
  versions: [{ source: 's3://bucket/1' }, { source: 's3://bucket/2' }],
}))
const source = createFileSource()
let double: AzureDouble
let gateway: PermittedGateway

beforeAll(async () => {
  const url = await source.createUrl()
  double = await startAzureDouble({
    switches: { pageSize: 7, longRunning: { ms: 0, retryAfter: 0, retryAfterCreation: 0 } },
  })
  const writer = new AzureWriter(double.url, workspacePath)
  await Promise.all([
    seedAzureFleet(writer, azureConfigSchema.parse(azure).stages, fleet),
    seedLocal(url, 'laptop', fleet),
  ])
  const registry = { environment: 'dev', timeoutMs: 30_000 }
  gateway = await openPermitted({
    environments: ['dev'],
    registries: [
      { ...registry, name: 'team', adapter: 'azureml', endpoint: double.url, ...azure },
      { ...registry, name: 'laptop', adapter: 'local' },
    ],
    auth: {},
    database: { url },
  })
})
afterAll(async () => {
  await gateway?.close()
  await double?.close()
  await source.dispose()
})

itCostsNoMore('a local registry', () => gateway, { registry: 'laptop', prefix: '', looks: 1 })
itCostsNoMore('Azure ML', () => gateway, { registry: 'team', prefix: '' })
