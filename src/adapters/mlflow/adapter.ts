import { type Adapter, type AdapterDefinition, defineAdapter } from '../../contract/index.ts'
import { type MlflowConfig, mlflowConfigSchema } from './config.ts'
import { describeServer } from './describe.ts'
import { mlflowAliases } from './reads/aliases.ts'
import { mlflowArtifacts } from './reads/artifacts.ts'
import { mlflowModels } from './reads/models.ts'
import { mlflowRuns } from './reads/runs.ts'
import { mlflowVersions } from './reads/versions.ts'
import { connectServer } from './registry.ts'
import { mlflowExports } from './transfers/exports.ts'
import { mlflowImports } from './transfers/imports.ts'
import { mlflowAliasWrites } from './writes/alias-writes.ts'
import { mlflowModelWrites } from './writes/model-writes.ts'
import { mlflowStageWrites } from './writes/stage-writes.ts'
import { mlflowVersionWrites } from './writes/version-writes.ts'

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
