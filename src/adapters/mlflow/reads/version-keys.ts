import {
  type Call,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type VersionKey,
} from '../../../contract/index.ts'
import { whenThere } from '../../../timing/when-there.ts'
import type { MlflowRegistry } from '../registry.ts'
import { canTravel, isOneOf, isSearchedOnly, quote } from '../wire/grammar.ts'
import { visibleOrNull } from '../wire/or-null.ts'
import type { ServerProfile } from '../wire/server-profile.ts'
import { readObject, type Wire } from '../wire/wire.ts'
import { chunk, type Found, loadEach, loadInBatches, settleEach } from './batches.ts'
import { isVersionNumber } from './filter.ts'
import { namesPerSearch } from './models.ts'
import { isPrompt, toVersionRecordWithAliases } from './to-records.ts'

export function identifyVersion({ model, version }: VersionKey): string {
  return `${version} ${model}`
}

export function isPossibleVersion({ model, version }: VersionKey): boolean {
  return model !== '' && canTravel(model) && isVersionNumber(version)
}

/** One search for up to a hundred keys where names can be listed, else one for each model. */
export function getVersions(
  server: MlflowRegistry,
  keys: readonly VersionKey[],
  call: Call,
): Promise<Outcome<ModelVersionRecord>[]> {
  return whenThere(server.profile(call), (profile) =>
    loadInBatches(keys, {
      identify: identifyVersion,
      possible: isPossibleVersion,
      split: (wanted) =>
        profile.nameLists
          ? chunk(wanted, namesPerSearch)
          : [...Map.groupBy(wanted, (key) => key.model).values()].flatMap((group) =>
              chunk(group, namesPerSearch),
            ),
      load: (part) => loadVersions(server, profile, part, call),
    }),
  )
}

/** Also of a prompt's versions it says that they are not there. */
export function getVersion(
  server: MlflowRegistry,
  { model, version }: VersionKey,
  call: Call,
): Promise<ModelVersionRecord | null> {
  const read = server.client.get('model-versions/get', { name: model, version }, call)
  return visibleOrNull(read.then(toVersion))
}

/** Of an answer that brings one; null where it is a prompt's. */
export function toVersion(wire: Wire): ModelVersionRecord | null {
  const version = readObject(wire, 'model_version')
  return isPrompt(version) ? null : toVersionRecordWithAliases(version)
}

/** By whatever way there is to a version of this name. */
export async function findVersion(
  server: MlflowRegistry,
  key: VersionKey,
  call: Call,
): Promise<ModelVersionRecord | null> {
  const [outcome = null] = await getVersions(server, [key], call)
  if (RegistryError.is(outcome)) throw outcome
  return outcome as ModelVersionRecord | null
}

async function loadVersions(
  server: MlflowRegistry,
  profile: ServerProfile,
  keys: readonly VersionKey[],
  call: Call,
): Promise<Found<ModelVersionRecord>> {
  const [only] = keys
  const getting = keys.length === 1 && only !== undefined && !isSearchedOnly(only.model)
  const filter = getting ? null : filterOf(keys, profile)
  if (filter === null) return loadEach(keys, identifyVersion, (key) => getVersion(server, key, call))
  // Between the lowest and the highest there may be far more versions than are wanted.
  const search = { filter, size: keys.length * 10 + 100 }
  const { rows, flaw, next } = await server.searches.versions(search, call)
  const found = rows.map(
    (version) => [identifyVersion({ model: version.modelName, version: version.version }), version] as const,
  )
  if (next === null && flaw === null) return found
  const load = (key: VersionKey) => getVersion(server, key, call)
  return settleEach(keys, { identify: identifyVersion, found, load })
}

function filterOf(keys: readonly VersionKey[], profile: ServerProfile): string | null {
  const names = [...new Set(keys.map((key) => key.model))]
  const name = profile.nameLists ? isOneOf('name', names) : equalName(names[0] ?? '')
  if (name === null || !profile.versionNumbers) return name
  const numbers = keys.map((key) => Number(key.version))
  return `${name} AND version_number >= ${Math.min(...numbers)} AND version_number <= ${Math.max(...numbers)}`
}

function equalName(name: string): string | null {
  const quoted = quote(name)
  return quoted === null ? null : `name = ${quoted}`
}
