import { type Adapter, type AdapterDefinition, defineAdapter } from '../../contract/index.ts'
import { mlflowAliasWrites } from './alias-writes.ts'
import { mlflowAliases } from './aliases.ts'
import { mlflowArtifacts } from './artifacts.ts'
import { type MlflowConfig, mlflowConfigSchema } from './config.ts'
import { describeServer } from './describe.ts'
import { mlflowExports } from './exports.ts'
import { mlflowImports } from './imports.ts'
import { mlflowModelWrites } from './model-writes.ts'
import { mlflowModels } from './models.ts'
import { mlflowRuns } from './runs.ts'
import { connectServer } from './server.ts'
import { mlflowStageWrites } from './stage-writes.ts'
import { mlflowVersionWrites } from './version-writes.ts'
import { mlflowVersions } from './versions.ts'

/** MLflow's model registry over REST, versions 1.30 to 3.x. */
export const mlflowAdapter: AdapterDefinition<MlflowConfig> = defineAdapter({
  contractVersion: 1,
  name: 'mlflow',
  configSchema: mlflowConfigSchema,
  connect: connectMlflow,
})

function connectMlflow(config: MlflowConfig): Adapter {
  const server = connectServer(config)
  return {
    describe: (call) => describeServer(server, call),
    // Not /health or /version: those answer when every read is refused.
    health: async (call) => {
      await server.searches.models({ filter: '', size: 1 }, call)
    },
    models: mlflowModels(server),
    versions: mlflowVersions(server),
    aliases: mlflowAliases(server),
    runs: mlflowRuns(server, { webUrl: config.url.replace(/\/+$/, ''), hides: config.auth !== undefined }),
    artifacts: mlflowArtifacts(server),
    writes: {
      models: mlflowModelWrites(server),
      versions: mlflowVersionWrites(server),
      aliases: mlflowAliasWrites(server),
      stages: mlflowStageWrites(server, config.archiveExisting),
    },
    exports: mlflowExports(server),
    imports: mlflowImports(server),
    close: () => server.client.close(),
  }
}
