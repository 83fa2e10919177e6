import type { Adapter, AdapterTools } from 'modelgate/adapter'
import { sagemakerAliasWrites } from './alias-writes.ts'
import { sagemakerAliases } from './aliases.ts'
import { sagemakerArtifacts } from './artifacts.ts'
import { connectClient } from './client.ts'
import type { SagemakerConfig } from './config.ts'
import { describeRegistry } from './describe.ts'
import { checkHealth } from './groups.ts'
import { sagemakerModelWrites } from './model-writes.ts'
import { sagemakerModels } from './models.ts'
import { sagemakerStageWrites } from './stage-writes.ts'
import { sagemakerVersionWrites } from './version-writes.ts'
import { sagemakerVersions } from './versions.ts'

/** No I/O: the first call finds out whether SageMaker answers. */
export function connectSagemaker(config: SagemakerConfig, { log }: AdapterTools): Adapter {
  const client = connectClient(config, log)
  return {
    describe: (call) => describeRegistry(client, call),
    health: (call) => checkHealth(client, call),
    models: sagemakerModels(client),
    versions: sagemakerVersions(client),
    aliases: sagemakerAliases(client),
    artifacts: sagemakerArtifacts(client),
    writes: {
      models: sagemakerModelWrites(client),
      versions: sagemakerVersionWrites(client, config),
      aliases: sagemakerAliasWrites(client),
      stages: sagemakerStageWrites(client),
    },
    close: client.close,
  }
}
