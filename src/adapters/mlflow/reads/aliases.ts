import {
  type AliasKey,
  type AliasReads,
  type Call,
  type ModelVersionRecord,
  RegistryError,
} from '../../../contract/index.ts'
import { whenThere } from '../../../timing/when-there.ts'
import type { MlflowRegistry } from '../registry.ts'
import { canTravel, isSearchedOnly } from '../wire/grammar.ts'
import { visibleOrNull } from '../wire/or-null.ts'
import { chunk, type Found, loadEach, loadInBatches } from './batches.ts'
import { getModels, namesPerSearch } from './models.ts'
import { isAlias } from './to-records.ts'
import { getVersions, toVersion } from './version-keys.ts'

/** From here on two searches are cheaper than one request for each. */
const worthSearching = 4

export function aliasReads(server: MlflowRegistry): AliasReads {
  return {
    resolve: (keys, call) =>
      whenThere(server.profile(call), (profile) =>
        loadInBatches(keys, {
          identify,
          possible: ({ model, alias }) =>
            profile.aliases && model !== '' && canTravel(model) && isUsable(alias),
          split: (wanted) =>
            chunk(wanted, profile.nameLists && wanted.length >= worthSearching ? namesPerSearch : 1),
          load: (part) =>
            part.length < worthSearching && !part.some(({ model }) => isSearchedOnly(model))
              ? loadEach(part, identify, (key) => resolveOne(server, key, call))
              : resolveTogether(server, part, call),
        }),
      ),
  }
}

function identify({ model, alias }: AliasKey): string {
  return `${alias} ${model}`
}

function isUsable(alias: string): boolean {
  return alias !== '' && !alias.includes(' ') && canTravel(alias) && isAlias(alias)
}

/** An alias that is not there, or cannot be one, is refused like a wrong argument. */
function resolveOne(
  server: MlflowRegistry,
  { model, alias }: AliasKey,
  call: Call,
): Promise<ModelVersionRecord | null> {
  const read = server.client.get('registered-models/alias', { name: model, alias }, call)
  return visibleOrNull(read.then(toVersion), true)
}

/** The models name the versions that hold their aliases. */
async function resolveTogether(
  server: MlflowRegistry,
  keys: readonly AliasKey[],
  call: Call,
): Promise<Found<ModelVersionRecord>> {
  const models = await getModels(
    server,
    keys.map((key) => key.model),
    call,
  )
  const holders = keys.flatMap((key, index) => {
    const model = models[index]
    if (!model || RegistryError.is(model)) return []
    const version = model.aliases.find((alias) => alias.name === key.alias)?.version
    const aliases = model.aliases.filter((alias) => alias.version === version).map((alias) => alias.name)
    const known = model.latestVersions?.find((latest) => latest.version === version)
    return version === undefined ? [] : [{ key, aliases, known, version: { model: key.model, version } }]
  })
  const unknown = holders.filter((holder) => holder.known === undefined)
  const read = await getVersions(
    server,
    unknown.map((holder) => holder.version),
    call,
  )
  const rest = new Map(unknown.map((holder, index) => [holder, read[index] ?? null]))
  return [
    ...keys.flatMap((key, index) => {
      const model = models[index]
      return RegistryError.is(model) ? [[identify(key), model] as const] : []
    }),
    ...holders.map((holder) => {
      const version = holder.known ?? rest.get(holder) ?? null
      return [
        identify(holder.key),
        version === null || RegistryError.is(version) ? version : { ...version, aliases: holder.aliases },
      ] as const
    }),
  ]
}
