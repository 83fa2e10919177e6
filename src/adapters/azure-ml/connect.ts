import type { Adapter, Call } from '../../contract/index.ts'
import { Remembered } from '../http/remembered.ts'
import type { AzureConfig } from './config.ts'
import { describeRegistry } from './describe.ts'
import { azureProbes } from './probes/azure-probes.ts'
import { aliasReads } from './reads/aliases.ts'
import { modelReads } from './reads/models.ts'
import { runReads } from './reads/runs.ts'
import { versionReads } from './reads/versions.ts'
import { openRegistry } from './registry.ts'
import { openCredential } from './wire/credential.ts'
import { placePath } from './wire/place.ts'
import { aliasWrites } from './writes/alias-writes.ts'
import { modelWrites } from './writes/model-writes.ts'
import { stageWrites } from './writes/stage-writes.ts'
import { versionWrites } from './writes/version-writes.ts'

export async function connectAzure(config: AzureConfig): Promise<Adapter> {
  const registry = openRegistry(config, await openCredential(config))
  const health = async (call: Call) => {
    await registry.client.get(`${placePath(registry.place)}/models`, call)
  }
  const description = new Remembered(async (call) => {
    await health(call)
    return describeRegistry(config, registry)
  })
  return {
    describe: async (call) => description.get(call),
    health,
    models: modelReads(registry),
    versions: versionReads(registry),
    aliases: aliasReads(registry),
    // Jobs are of a workspace.
    ...(config.workspace === undefined ? {} : { runs: runReads(registry) }),
    writes: {
      models: modelWrites(registry),
      versions: versionWrites(registry),
      aliases: aliasWrites(registry),
      stages: stageWrites(registry),
    },
    probes: azureProbes(registry),
    close: () => registry.client.close(),
  }
}
