import { type AliasKey, type AliasReads, type Call, RegistryError } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull } from './errors.ts'
import { getGroup, getTags } from './groups.ts'
import { loadEach } from './load-each.ts'
import { getVersions } from './versions.ts'

export function sagemakerAliases(client: Client): AliasReads {
  return {
    async resolve(keys, call) {
      const holders = await findHolders(client, keys, call)
      const held = holders.flatMap((holder) => (holder === null || RegistryError.is(holder) ? [] : [holder]))
      const versions = (await getVersions(client, held, call)).values()
      return holders.map((holder) =>
        holder === null || RegistryError.is(holder) ? holder : (versions.next().value ?? null),
      )
    },
  }
}

/** The tags of each model are read once, for all of its aliases. */
async function findHolders(client: Client, keys: readonly AliasKey[], call: Call) {
  const models = [...new Set(keys.map(({ model }) => model))]
  const found = await loadEach(
    models,
    (model) => model,
    (model) => aliasesOf(client, model, call),
  )
  const byModel = new Map(models.map((model, index) => [model, found[index] ?? null]))
  return keys.map(({ model, alias }) => {
    const aliases = byModel.get(model) ?? null
    if (aliases === null || RegistryError.is(aliases)) return aliases
    const version = aliases.find(({ name }) => name === alias)?.version
    return version === undefined ? null : { model, version }
  })
}

async function aliasesOf(client: Client, model: string, call: Call) {
  const group = await getGroup(client, model, call)
  const tags = group && (await orNull(getTags(client, group, call)))
  return tags?.aliases
}
