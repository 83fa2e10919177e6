import type { Adapter, AdapterTools } from '../../contract/index.ts'
import type { GatewayDatabase } from '../../state/database.ts'
import type { LocalConfig } from './config.ts'
import { describeRegistry } from './describe.ts'
import { aliasReads } from './reads/aliases.ts'
import { artifactReads } from './reads/artifacts.ts'
import { changeReads } from './reads/changes.ts'
import { modelReads } from './reads/models.ts'
import { runReads } from './reads/runs.ts'
import { versionReads } from './reads/versions.ts'
import { type LocalRegistry, runStatement } from './registry.ts'
import { createLocalStore } from './store/local-store.ts'
import { localTables } from './store/tables.ts'
import { artifactExports } from './transfers/exports.ts'
import { artifactImports } from './transfers/imports.ts'

/** What only this adapter gets, because it is the gateway's own. */
export interface LocalTools extends AdapterTools {
  readonly database: GatewayDatabase
  /** Where the other registries of this kind keep their files. */
  readonly foreignFolders?: readonly string[]
}

/** The database is the gateway's own: shared, and not closed. */
export function connectLocal(
  config: LocalConfig,
  { registry: name, database: shared, foreignFolders = [] }: LocalTools,
): Adapter {
  const database = localTables.in(shared)
  const closing = new AbortController()
  const registry: LocalRegistry = { name, database, config, foreignFolders, closed: closing.signal }
  return {
    describe: (call) => describeRegistry(registry, call),
    async health(call) {
      await runStatement(registry, call, database.queries.selectFrom('local_model').select('id').limit(1))
    },
    models: modelReads(registry),
    versions: versionReads(registry),
    aliases: aliasReads(registry),
    runs: runReads(registry),
    changes: changeReads(registry),
    writes: createLocalStore(shared, name, { config, closed: closing.signal }),
    ...(config.artifactFolder === null ? {} : createArtifactFacets(registry, config.artifactFolder)),
    async close() {
      closing.abort()
    },
  }
}

function createArtifactFacets(registry: LocalRegistry, folder: string) {
  return {
    artifacts: artifactReads(registry, folder),
    exports: artifactExports(registry, folder),
    imports: artifactImports(registry, folder),
  }
}
