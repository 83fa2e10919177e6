import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import { createFileSource } from '../state/database-source.ts'
import { oddFleet, spellPlainly } from './odd-fleet.ts'
import { openPermitted } from './open-permitted.ts'
import { describePermittedPaging } from './permitted-paging-suite.ts'
import { seedAzureFleet } from './seed-azure-fleet.ts'
import { seedLocal } from './seed-local.ts'

const azure = { ...place, auth: { token: 't' } }
const source = createFileSource()
let double: AzureDouble | null = null

describePermittedPaging('', {
  name: 'a workspace of Azure ML and a local store',
  registries: ['team', 'laptop'],
  numRuns: rounds(1, 20),
  open: async () => {
    const url = await source.createUrl()
    double = await startAzureDouble({
      switches: { pageSize: 7, longRunning: { ms: 0, retryAfter: 0, retryAfterCreation: 0 } },
    })
    const writer = new AzureWriter(double.url, workspacePath)
    await Promise.all([
      seedAzureFleet(writer, azureConfigSchema.parse(azure).stages, oddFleet('', spellPlainly)),
      seedLocal(url, 'laptop', oddFleet('')),
    ])
    const registry = { environment: 'dev', timeoutMs: 30_000 }
    return openPermitted({
      environments: ['dev'],
      registries: [
        { ...registry, name: 'team', adapter: 'azureml', endpoint: double.url, ...azure },
        { ...registry, name: 'laptop', adapter: 'local' },
      ],
      auth: {},
      database: { url },
    })
  },
  dispose: async () => {
    await double?.close()
    await source.dispose()
  },
})
