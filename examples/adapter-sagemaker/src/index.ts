import { defineAdapter } from 'modelgate/adapter'
import { sagemakerAliasWrites } from './alias-writes.ts'
import { sagemakerAliases } from './aliases.ts'
import { sagemakerArtifacts } from './artifacts.ts'
import { connectClient } from './client.ts'
import { sagemakerConfigSchema } from './config.ts'
import { describeRegistry } from './describe.ts'
import { checkHealth } from './groups.ts'
import { sagemakerModelWrites } from './model-writes.ts'
import { sagemakerModels } from './models.ts'
import { sagemakerStageWrites } from './stage-writes.ts'
import { sagemakerVersionWrites } from './version-writes.ts'
import { sagemakerVersions } from './versions.ts'

/** Amazon SageMaker Model Registry: a model is a model package group, a version a package of it. */
export default defineAdapter({
  contractVersion: 1,
  name: 'sagemaker',
  configSchema: sagemakerConfigSchema,
  connect(config, { log }) {
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
  },
})
