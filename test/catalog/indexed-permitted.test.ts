import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import { oddFleet, spellPlainly } from '../gateway/odd-fleet.ts'
import { openPermitted } from '../gateway/open-permitted.ts'
import { seedAzureFleet } from '../gateway/seed-azure-fleet.ts'
import { seedLocal } from '../gateway/seed-local.ts'
import { createFileSource } from '../state/database-source.ts'
import { describePermittedIndexed } from './indexed-permitted-suite.ts'

const prefix = 'indexed-'
const source = createFileSource()

describePermittedIndexed(prefix, {
  name: 'a local registry on SQLite',
  fleet: oddFleet(prefix),
  numRuns: rounds(15, 300),
  open: async () => {
    const url = await source.createUrl()
    await seedLocal(url, 'main', oddFleet(prefix))
    const registries = [{ name: 'main', adapter: 'local', environment: 'dev' }]
    return openPermitted({ environments: ['dev'], registries, database: { url } })
  },
  dispose: () => source.dispose(),
})

let double: AzureDouble | null = null

describePermittedIndexed(prefix, {
  name: 'a workspace of Azure ML',
  fleet: oddFleet(prefix, spellPlainly),
  numRuns: rounds(5, 60),
  open: async () => {
    const own = { ...place, stages: { encoding: 'value' as const }, auth: { token: 't' } }
    double = await startAzureDouble()
    const { stages } = azureConfigSchema.parse(own)
    await seedAzureFleet(new AzureWriter(double.url, workspacePath), stages, oddFleet(prefix, spellPlainly))
    const main = {
      name: 'main',
      adapter: 'azureml',
      environment: 'dev',
      endpoint: double.url,
      timeoutMs: 30_000,
    }
    return openPermitted({ environments: ['dev'], registries: [{ ...own, ...main }] })
  },
  dispose: async () => double?.close(),
})
