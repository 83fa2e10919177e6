import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import { oddFleet, spellPlainly } from '../gateway/odd-fleet.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { seedAzureFleet } from '../gateway/seed-azure-fleet.ts'
import { seedLocal } from '../gateway/seed-local.ts'
import { createFileSource } from '../state/database-source.ts'
import { describeIndexed } from './indexed-suite.ts'

const prefix = 'indexed-'
const source = createFileSource()

describeIndexed(prefix, {
  name: 'a local registry on SQLite',
  fleet: oddFleet(prefix),
  numRuns: rounds(15, 300),
  open: async (catalog) => {
    const url = await source.createUrl()
    await seedLocal(url, 'main', oddFleet(prefix))
    const registries = [{ name: 'main', adapter: 'local', environment: 'dev' }]
    return openGateway({ environments: ['dev'], registries, database: { url }, catalog })
  },
  dispose: () => source.dispose(),
})

let double: AzureDouble | null = null

describeIndexed(prefix, {
  name: 'a workspace of Azure ML',
  fleet: oddFleet(prefix, spellPlainly),
  isMeasured: false,
  numRuns: rounds(5, 60),
  open: async (catalog) => {
    const own = { ...place, stages: { encoding: 'value' as const }, auth: { token: 't' } }
    double = await startAzureDouble()
    const { stages } = azureConfigSchema.parse(own)
    await seedAzureFleet(new AzureWriter(double.url, workspacePath), stages, oddFleet(prefix, spellPlainly))
    const main = { name: 'main', adapter: 'azureml', environment: 'dev', endpoint: double.url }
    return openGateway({
      environments: ['dev'],
      registries: [{ ...own, ...main, timeoutMs: 30_000 }],
      catalog,
    })
  },
  dispose: async () => double?.close(),
})
