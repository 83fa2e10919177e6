import type { Adapter, Call } from '../../contract/index.ts'
import { Remembered } from '../http/remembered.ts'
import { azureAliasWrites } from './alias-writes.ts'
import { azureAliases } from './aliases.ts'
import type { AzureConfig } from './config.ts'
import { openCredential } from './credential.ts'
import { describeAzure } from './describe.ts'
import { azureModelWrites } from './model-writes.ts'
import { azureModels } from './models.ts'
import { placePath } from './place.ts'
import { azureProbes } from './probes.ts'
import { openRegistry } from './registry.ts'
import { azureRuns } from './runs.ts'
import { azureStageWrites } from './stage-writes.ts'
import { azureVersionWrites } from './version-writes.ts'
import { azureVersions } from './versions.ts'

export async function connectAzure(config: AzureConfig): Promise<Adapter> {
  const registry = openRegistry(config, await openCredential(config))
  const health = async (call: Call) => {
    await registry.client.get(`${placePath(registry.place)}/models`, call)
  }
  const description = new Remembered(async (call) => {
    await health(call)
    return describeAzure(config, registry)
  })
  return {
    describe: (call) => description.get(call),
    health,
    models: azureModels(registry),
    versions: azureVersions(registry),
    aliases: azureAliases(registry),
    // Jobs are of a workspace.
    ...(config.workspace === undefined ? {} : { runs: azureRuns(registry) }),
    writes: {
      models: azureModelWrites(registry),
      versions: azureVersionWrites(registry),
      aliases: azureAliasWrites(registry),
      stages: azureStageWrites(registry),
    },
    probes: azureProbes(registry),
    close: () => registry.client.close(),
  }
}
