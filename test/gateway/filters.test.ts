import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import { describeFilters, type FilteredBackend } from './filters-suite.ts'
import { oddFleet, spellPlainly } from './odd-fleet.ts'
import { openGateway } from './open-gateway.ts'
import { seedAzureFleet } from './seed-azure-fleet.ts'

const prefix = 'filters-'

function azure(encoding: 'value' | 'keys'): FilteredBackend {
  let double: AzureDouble | null = null
  const fleet = oddFleet(prefix, spellPlainly)
  const own = { ...place, stages: { encoding }, auth: { token: 't' } }
  return {
    name: `a workspace of Azure ML with stages by ${encoding}`,
    fleet,
    numRuns: rounds(20, 600),
    open: async () => {
      double = await startAzureDouble()
      const { stages } = azureConfigSchema.parse(own)
      await seedAzureFleet(new AzureWriter(double.url, workspacePath), stages, fleet)
      return openGateway({
        environments: ['dev'],
        registries: [
          {
            ...own,
            name: 'main',
            adapter: 'azureml',
            environment: 'dev',
            endpoint: double.url,
            timeoutMs: 30_000,
          },
        ],
      })
    },
    dispose: async () => double?.close(),
  }
}

for (const encoding of ['value', 'keys'] as const) describeFilters(prefix, azure(encoding))
