import { azureAdapter } from '../adapters/azure-ml/adapter.ts'
import { localAdapter } from '../adapters/local/adapter.ts'
import type { LocalConfig } from '../adapters/local/config.ts'
import type { LocalTools } from '../adapters/local/connect.ts'
import { ownFolder } from '../adapters/local/files/version-folder.ts'
import { mlflowAdapter } from '../adapters/mlflow/adapter.ts'
import type { BrokenRegistryConfig, GatewayConfig, RegistryConfig } from '../config/index.ts'
import type { Adapter, AdapterDefinition, AdapterTools, Logger } from '../contract/index.ts'
import { assertAdapter } from '../plug-ins/missing-members.ts'
import type { GatewayDatabase } from '../state/database.ts'
import { connectForwarding, forwardsCredentials } from './forwarding.ts'

/** By the name that stands under `adapter:` in the configuration. */
export const builtInAdapters = {
  azureml: azureAdapter as AdapterDefinition,
  local: localAdapter as AdapterDefinition,
  mlflow: mlflowAdapter as AdapterDefinition,
}

export function isPlugIn({ definition }: RegistryConfig): boolean {
  return !Object.values(builtInAdapters).includes(definition)
}

/** The gateway's database is for its own adapter only, and opened by the first registry that needs it. */
export async function connectRegistry(
  registry: RegistryConfig,
  database: () => Promise<GatewayDatabase>,
  log: Logger,
  all: GatewayConfig['registries'] = [],
): Promise<Adapter> {
  const { name, definition, options } = registry
  const tools: AdapterTools = { registry: name, log }
  if (definition === builtInAdapters.local) {
    const localTools: LocalTools = {
      ...tools,
      database: await database(),
      foreignFolders: foldersOfOthers(name, all),
    }
    return definition.connect(options, localTools)
  }
  if (!isPlugIn(registry) && forwardsCredentials(registry)) return connectForwarding(registry, tools)
  const adapter = await definition.connect(options, tools)
  if (isPlugIn(registry)) assertAdapter(adapter, registry)
  return adapter
}

/** Several local registries may share an artifactFolder, and one may lie within another's. */
function foldersOfOthers(name: string, all: readonly (RegistryConfig | BrokenRegistryConfig)[]): string[] {
  return all.flatMap((other) => {
    if (other.broken !== null || other.name === name || other.definition !== builtInAdapters.local) return []
    const { artifactFolder } = other.options as LocalConfig
    return artifactFolder === null ? [] : [ownFolder(artifactFolder, other.name)]
  })
}
