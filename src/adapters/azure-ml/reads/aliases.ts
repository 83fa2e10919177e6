import {
  type AliasKey,
  type AliasReads,
  type AliasRecord,
  type Call,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
} from '../../../contract/index.ts'
import type { AzureRegistry } from '../registry.ts'
import { getModels } from './models.ts'
import { getVersions } from './read-versions.ts'

export function aliasReads(registry: AzureRegistry): AliasReads {
  return { resolve: (keys, call) => resolveAliases(registry, keys, call) }
}

/** The models say who holds their aliases. */
async function resolveAliases(
  registry: AzureRegistry,
  keys: readonly AliasKey[],
  call: Call,
): Promise<Outcome<ModelVersionRecord>[]> {
  const names = keys.map(({ model }) => model)
  const models = await getModels(registry, names, call)
  const aliases = new Map<string, readonly AliasRecord[]>()
  for (const model of models) {
    if (model !== null && !RegistryError.is(model)) aliases.set(model.name, model.aliases)
  }
  const holders = keys.map(({ model, alias }) => ({
    model,
    version: aliases.get(model)?.find(({ name }) => name === alias)?.version ?? '',
  }))
  const versions = await getVersions(registry, holders, aliases, call)
  return keys.map((_, index) => {
    const model = models[index] ?? null
    return model === null || RegistryError.is(model) ? model : (versions[index] ?? null)
  })
}
