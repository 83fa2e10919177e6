import { azureAdapter } from './adapters/azure-ml/adapter.ts'
import { type LocalTools, localAdapter } from './adapters/local/adapter.ts'
import { mlflowAdapter } from './adapters/mlflow/adapter.ts'
import type { RegistryConfig } from './config/index.ts'
import type { Adapter, AdapterDefinition, AdapterTools, Logger } from './contract/index.ts'
import { assertAdapter } from './federation/plug-in/missing-members.ts'
import type { GatewayDatabase } from './state/database.ts'

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
): Promise<Adapter> {
  const { name, definition, options } = registry
  const tools: AdapterTools = { registry: name, log }
  if (definition === builtInAdapters.local) {
    const localTools: LocalTools = { ...tools, database: await database() }
    return definition.connect(options, localTools)
  }
  const adapter = await definition.connect(options, tools)
  if (isPlugIn(registry)) assertAdapter(adapter, registry)
  return adapter
}
