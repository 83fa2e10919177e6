import type { Adapter } from '../../contract/index.ts'
import type { MlflowConfig } from './config.ts'
import { describeRegistry } from './describe.ts'
import { aliasReads } from './reads/aliases.ts'
import { artifactReads } from './reads/artifacts.ts'
import { modelReads } from './reads/models.ts'
import { runReads } from './reads/runs.ts'
import { versionReads } from './reads/versions.ts'
import { openRegistry } from './registry.ts'
import { artifactExports } from './transfers/exports.ts'
import { artifactImports } from './transfers/imports.ts'
import { aliasWrites } from './writes/alias-writes.ts'
import { modelWrites } from './writes/model-writes.ts'
import { stageWrites } from './writes/stage-writes.ts'
import { versionWrites } from './writes/version-writes.ts'

export function connectMlflow(config: MlflowConfig): Adapter {
  const server = openRegistry(config)
  return {
    describe: (call) => describeRegistry(server, call),
    // Not /health or /version: those answer when every read is refused.
    health: async (call) => {
      await server.searches.models({ filter: '', size: 1 }, call)
    },
    models: modelReads(server),
    versions: versionReads(server),
    aliases: aliasReads(server),
    runs: runReads(server, { webUrl: config.url.replace(/\/+$/, ''), hides: config.auth !== undefined }),
    artifacts: artifactReads(server),
    writes: {
      models: modelWrites(server),
      versions: versionWrites(server),
      aliases: aliasWrites(server),
      stages: stageWrites(server, config.archiveExisting),
    },
    exports: artifactExports(server),
    imports: artifactImports(server),
    close: () => server.client.close(),
  }
}
