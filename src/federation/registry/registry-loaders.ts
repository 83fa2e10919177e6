import DataLoader from 'dataloader'
import { type AliasKey, type Outcome, RegistryError, type VersionKey } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedModel, FederatedRun, FederatedVersion } from '../records/records.ts'
import { turns } from '../turns.ts'
import type { FederatedVersionsOfModel, RegistryReads } from './registry-reads.ts'

interface OfModelKey {
  readonly model: string
  readonly limit: number
}

/** What answers them. */
export type LoadableReads = Pick<
  RegistryReads,
  | 'models'
  | 'versions'
  | 'latestVersions'
  | 'runs'
  | 'holdersOfAliases'
  | 'artifactLocations'
  | 'versionsOfModels'
>

type Loader<Key, Value> = DataLoader<Key, Value | null, string>

const mostKeys = 500

/** When all promises that are settled have gone on, as DataLoader does itself, and all rows had their turn. */
function afterEveryKey(dispatch: () => void): void {
  if (dispatches.push(dispatch) === 1) void settled.then(dispatchSoon)
}

/** Of the loaders that were asked since the last look. */
let dispatches: (() => void)[] = []

/** By which something is put behind all promises that are settled. */
const settled = Promise.resolve()

/** By one tick, and none that is asked later, in a tick before that: promises that it settles may ask it for more. */
function dispatchSoon(): void {
  process.nextTick(dispatchAll, dispatches)
  dispatches = []
}

function dispatchAll(all: readonly (() => void)[]): void {
  for (const dispatch of all) turns.afterwards(dispatch)
}

/** Collects the keys that are asked for one by one, and remembers what came of them. */
export class RegistryLoaders {
  readonly #registry: string
  readonly #reads: LoadableReads
  // Each is made for who first asks it: most requests ask one of them, or none.
  #models: Loader<string, FederatedModel> | null = null
  #versions: Loader<VersionKey, FederatedVersion> | null = null
  #latest: Loader<string, readonly FederatedVersion[]> | null = null
  #runs: Loader<string, { readonly outcome: Outcome<FederatedRun> }> | null = null
  #aliases: Loader<AliasKey, FederatedVersion> | null = null
  #locations: Loader<VersionKey, string> | null = null
  #ofModels: Loader<OfModelKey, FederatedVersionsOfModel> | null = null

  constructor(registry: string, reads: LoadableReads) {
    this.#registry = registry
    this.#reads = reads
  }

  get models(): Loader<string, FederatedModel> {
    this.#models ??= this.#loader((names) => this.#reads.models(names), asItIs)
    return this.#models
  }

  get versions(): Loader<VersionKey, FederatedVersion> {
    this.#versions ??= this.#loader((keys) => this.#reads.versions(keys), identifyVersion)
    return this.#versions
  }

  get latest(): Loader<string, readonly FederatedVersion[]> {
    this.#latest ??= this.#loader((names) => this.#reads.latestVersions(names), asItIs)
    return this.#latest
  }

  /** With the errors among the values: what is wrong with one run need not fail who asks for it. */
  get runs(): Loader<string, { readonly outcome: Outcome<FederatedRun> }> {
    const read = async (ids: readonly string[]) =>
      (await this.#reads.runs(ids)).map((outcome) => ({ outcome }))
    this.#runs ??= this.#loader(read, asItIs)
    return this.#runs
  }

  get aliases(): Loader<AliasKey, FederatedVersion> {
    this.#aliases ??= this.#loader((keys) => this.#reads.holdersOfAliases(keys), identifyAlias)
    return this.#aliases
  }

  get locations(): Loader<VersionKey, string> {
    this.#locations ??= this.#loader((keys) => this.#reads.artifactLocations(keys), identifyVersion)
    return this.#locations
  }

  get ofModels(): Loader<OfModelKey, FederatedVersionsOfModel> {
    const read = (keys: readonly OfModelKey[]) => {
      const limit = Math.max(...keys.map((key) => key.limit))
      const models = keys.map((key) => key.model)
      return this.#reads.versionsOfModels(models, limit)
    }
    this.#ofModels ??= this.#loader(read, ({ model, limit }) => JSON.stringify([model, limit]))
    return this.#ofModels
  }

  #loader<Key, Value>(
    batch: (keys: readonly Key[]) => Promise<readonly Outcome<Value>[]>,
    cacheKeyFn: (key: Key) => string,
  ): Loader<Key, Value> {
    return batchLoader(this.#registry, batch, cacheKeyFn)
  }
}

/** Of one registry. */
export function batchLoader<Key, Value>(
  registry: string,
  batch: (keys: readonly Key[]) => Promise<readonly Outcome<Value>[]>,
  cacheKeyFn: (key: Key) => string,
): DataLoader<Key, Value | null, string> {
  const toLoaded = (outcome: Outcome<Value>) =>
    RegistryError.is(outcome) ? new RegistryFailure(registry, outcome) : (outcome as Value | null)
  return new DataLoader<Key, Value | null, string>(
    (keys) => batch(keys).then((outcomes) => outcomes.map(toLoaded)),
    { maxBatchSize: mostKeys, cacheKeyFn, batchScheduleFn: afterEveryKey },
  )
}

function asItIs(name: string): string {
  return name
}

function identifyVersion({ model, version }: VersionKey): string {
  return JSON.stringify([model, version])
}

function identifyAlias({ model, alias }: AliasKey): string {
  return JSON.stringify([model, alias])
}
