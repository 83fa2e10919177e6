import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, registryPath, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import { createFileSource } from '../state/database-source.ts'
import { type FleetModel, oddFleet, oddTexts, spellPlainly } from './odd-fleet.ts'
import { openGateway } from './open-gateway.ts'
import { describePaging } from './paging-suite.ts'
import { seedAzureFleet } from './seed-azure-fleet.ts'
import { seedLocal } from './seed-local.ts'

const { workspace, ...group } = place
const team = { ...group, workspace, auth: { token: 't' } }
const organisation = { ...group, registry: 'org', stages: { encoding: 'keys' }, auth: { token: 't' } }
const source = createFileSource()
let double: AzureDouble | null = null

/** A registry of an organisation has no jobs. */
const withoutRuns = (fleet: readonly FleetModel[]): FleetModel[] =>
  fleet.map(({ versions = [], ...model }) => ({
    ...model,
    versions: versions.map(({ run: _, ...version }) => version),
  }))

describePaging('', {
  name: 'a workspace and a registry of Azure ML and a local store',
  registries: ['team', 'org', 'laptop'],
  models: oddTexts.length,
  numRuns: rounds(9, 100),
  open: async () => {
    const databaseUrl = await source.createUrl()
    double = await startAzureDouble({
      switches: { pageSize: 7, longRunning: { ms: 0, retryAfter: 0, retryAfterCreation: 0 } },
    })
    const { url } = double
    const fleet = oddFleet('', spellPlainly)
    await Promise.all([
      seedAzureFleet(new AzureWriter(url, workspacePath), azureConfigSchema.parse(team).stages, fleet),
      seedAzureFleet(
        new AzureWriter(url, registryPath),
        azureConfigSchema.parse(organisation).stages,
        withoutRuns(fleet),
      ),
      seedLocal(databaseUrl, 'laptop', oddFleet('')),
    ])
    const azure = { adapter: 'azureml', environment: 'dev', endpoint: url, timeoutMs: 30_000, connections: 2 }
    return openGateway({
      environments: ['dev'],
      registries: [
        { ...azure, name: 'team', ...team },
        { ...azure, ...organisation, name: 'org' },
        { name: 'laptop', adapter: 'local', environment: 'dev', timeoutMs: 30_000 },
      ],
      database: { url: databaseUrl },
    })
  },
  dispose: async () => {
    await double?.close()
    await source.dispose()
  },
})
