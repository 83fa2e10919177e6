import { bulkhead } from 'cockatiel'
import type { Adapter, Logger } from '../contract/index.ts'
import type { Environments } from './environments.ts'
import type { CursorCodec } from './list/cursor.ts'
import { RegistryLink } from './registry/registry-link.ts'
import type { RegistrySettings } from './registry/registry-settings.ts'
import type { WriteCoordination } from './write/write-coordination.ts'

export interface FederationOptions {
  readonly registries: readonly { readonly settings: RegistrySettings; readonly adapter: Adapter }[]
  readonly environments: Environments
  readonly cursors: CursorCodec
  readonly coordination: WriteCoordination
  /** For all the files of one copy between registries. */
  readonly copyTimeoutMs: number
  /** Of all the files of one copy together. */
  readonly copyMaxBytes: number
  /** How many rows of one registry are read for one list that it cannot give in the asked order. */
  readonly readBound: number
  readonly log: Logger
}

/** All configured registries, for the lifetime of the gateway. */
export class Federation {
  /** In the order of the configuration. */
  readonly links: readonly RegistryLink[]
  readonly environments: Environments
  readonly cursors: CursorCodec
  readonly readBound: number
  readonly copyTimeoutMs: number
  readonly copyMaxBytes: number
  /** Copies of files under way at once; they leave the registries' places for short calls alone. */
  readonly transfers = bulkhead(4, 1000)
  readonly coordination: WriteCoordination
  readonly log: Logger
  readonly #byName: ReadonlyMap<string, RegistryLink>

  constructor(options: FederationOptions) {
    this.links = options.registries.map(
      ({ settings, adapter }) => new RegistryLink(settings, adapter, options.log),
    )
    this.environments = options.environments
    this.cursors = options.cursors
    this.readBound = options.readBound
    this.copyTimeoutMs = options.copyTimeoutMs
    this.copyMaxBytes = options.copyMaxBytes
    this.coordination = options.coordination
    this.log = options.log
    this.#byName = new Map(this.links.map((link) => [link.name, link]))
  }

  link(name: string): RegistryLink | null {
    return this.#byName.get(name) ?? null
  }

  async close(): Promise<void> {
    await Promise.all(this.links.map((link) => link.close()))
  }
}
