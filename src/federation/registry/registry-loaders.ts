import DataLoader from 'dataloader'
import { type AliasKey, type Outcome, RegistryError, type VersionKey } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { turns } from '../turns.ts'
import type { RegistryReads } from './registry-reads.ts'

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

const mostKeys = 500

/** When all promises that are settled have gone on, as DataLoader does itself, and all rows had their turn. */
function afterEveryKey(dispatch: () => void): void {
  queueMicrotask(() => process.nextTick(() => turns.afterwards(dispatch)))
}

/** Collects the keys that are asked for one by one, and remembers what came of them. */
export class RegistryLoaders {
  readonly #registry: string
  readonly #reads: LoadableReads

  constructor(registry: string, reads: LoadableReads) {
    this.#registry = registry
    this.#reads = reads
  }

  readonly models = this.#loader((names: readonly string[]) => this.#reads.models(names), asItIs)
  readonly versions = this.#loader(
    (keys: readonly VersionKey[]) => this.#reads.versions(keys),
    identifyVersion,
  )
  readonly latest = this.#loader((names: readonly string[]) => this.#reads.latestVersions(names), asItIs)
  /** With the errors among the values: what is wrong with one run need not fail who asks for it. */
  readonly runs = this.#loader(
    async (ids: readonly string[]) => (await this.#reads.runs(ids)).map((outcome) => ({ outcome })),
    asItIs,
  )
  readonly aliases = this.#loader(
    (keys: readonly AliasKey[]) => this.#reads.holdersOfAliases(keys),
    ({ model, alias }) => JSON.stringify([model, alias]),
  )
  readonly locations = this.#loader(
    (keys: readonly VersionKey[]) => this.#reads.artifactLocations(keys),
    identifyVersion,
  )
  readonly ofModels = this.#loader(
    (keys: readonly OfModelKey[]) => {
      const limit = Math.max(...keys.map((key) => key.limit))
      const models = keys.map((key) => key.model)
      return this.#reads.versionsOfModels(models, limit)
    },
    ({ model, limit }) => JSON.stringify([model, limit]),
  )

  #loader<Key, Value>(
    batch: (keys: readonly Key[]) => Promise<readonly Outcome<Value>[]>,
    cacheKeyFn: (key: Key) => string,
  ): DataLoader<Key, Value | null, string> {
    return batchLoader(this.#registry, batch, cacheKeyFn)
  }
}

/** Of one registry. */
export function batchLoader<Key, Value>(
  registry: string,
  batch: (keys: readonly Key[]) => Promise<readonly Outcome<Value>[]>,
  cacheKeyFn: (key: Key) => string,
): DataLoader<Key, Value | null, string> {
  return new DataLoader<Key, Value | null, string>(
    async (keys) => {
      const outcomes = await batch(keys)
      return outcomes.map((outcome) =>
        RegistryError.is(outcome) ? new RegistryFailure(registry, outcome) : (outcome as Value | null),
      )
    },
    { maxBatchSize: mostKeys, cacheKeyFn, batchScheduleFn: afterEveryKey },
  )
}

function asItIs(name: string): string {
  return name
}

function identifyVersion({ model, version }: VersionKey): string {
  return JSON.stringify([model, version])
}
