import type { Adapter, Call } from '../../contract/index.ts'
import { Remembered } from '../http/remembered.ts'
import type { AzureConfig } from './config.ts'
import { describeAzure } from './describe.ts'
import { azureProbes } from './probes/azure-probes.ts'
import { azureAliases } from './reads/aliases.ts'
import { azureModels } from './reads/models.ts'
import { azureRuns } from './reads/runs.ts'
import { azureVersions } from './reads/versions.ts'
import { openRegistry } from './registry.ts'
import { openCredential } from './wire/credential.ts'
import { placePath } from './wire/place.ts'
import { azureAliasWrites } from './writes/alias-writes.ts'
import { azureModelWrites } from './writes/model-writes.ts'
import { azureStageWrites } from './writes/stage-writes.ts'
import { azureVersionWrites } from './writes/version-writes.ts'

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
