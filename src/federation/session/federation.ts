import type { Adapter, Logger } from '../../contract/index.ts'
import { type LogicalCatalog, noLogicalCatalog } from '../../stores/logical-catalog.ts'
import type { VersionNotes } from '../../stores/version-notes.ts'
import { noWordIndex, type WordIndex } from '../../words/word-index.ts'
import { notedAdapter } from '../registry/noted-adapter.ts'
import { RegistryLink } from '../registry/registry-link.ts'
import type { RegistrySettings } from '../registry/registry-settings.ts'
import type { CopyTimes } from './copy-limits.ts'
import { CopySlots } from './copy-slots.ts'
import type { CursorCodec } from './cursor.ts'
import type { Environments } from './environments.ts'
import { EventTail, type Listen } from './event-tail.ts'
import { type Gate, openGate } from './gate.ts'
import { type Grants, noGrants } from './grants.ts'
import { type History, noHistory } from './history.ts'
import { type Journal, noJournal } from './journal.ts'
import { liveReaders, type Readers } from './readers.ts'
import type { WriteCoordination } from './write-coordination.ts'

export interface FederationOptions extends CopyTimes {
  readonly registries: readonly { readonly settings: RegistrySettings; readonly adapter: Adapter }[]
  readonly environments: Environments
  readonly cursors: CursorCodec
  readonly coordination: WriteCoordination
  readonly gate?: Gate
  readonly grants?: Grants
  readonly readers?: Readers
  readonly journal?: Journal
  readonly history?: History
  /** By which it is heard that there is more in the history. Left out: it is looked for from time to time alone. */
  readonly listen?: Listen
  readonly wordIndex?: WordIndex
  readonly logical?: LogicalCatalog
  /** Of registries that have no place for them. */
  readonly notes: VersionNotes
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
  readonly copyStallMs: number
  /** Copies of files leave the registries' places for short calls alone. */
  readonly copySlots = new CopySlots()
  readonly coordination: WriteCoordination
  readonly gate: Gate
  readonly grants: Grants
  readonly readers: Readers
  readonly journal: Journal
  readonly history: History
  readonly tail: EventTail
  readonly wordIndex: WordIndex
  readonly logical: LogicalCatalog
  readonly log: Logger
  readonly #byName: ReadonlyMap<string, RegistryLink>
  #writes = 0

  constructor(options: FederationOptions) {
    this.links = options.registries.map(
      ({ settings, adapter }) =>
        new RegistryLink(settings, notedAdapter(adapter, settings.name, options.notes), options.log),
    )
    this.environments = options.environments
    this.cursors = options.cursors
    this.readBound = options.readBound
    this.copyTimeoutMs = options.copyTimeoutMs
    this.copyMaxBytes = options.copyMaxBytes
    this.copyStallMs = options.copyStallMs
    this.coordination = options.coordination
    this.gate = options.gate ?? openGate
    this.grants = options.grants ?? noGrants
    this.readers = options.readers ?? liveReaders
    this.journal = options.journal ?? noJournal
    this.history = options.history ?? noHistory
    this.tail = new EventTail(this.history, this.grants, options.listen ?? (() => () => {}), options.log)
    this.wordIndex = options.wordIndex ?? noWordIndex
    this.logical = options.logical ?? noLogicalCatalog
    this.log = options.log
    this.#byName = new Map(this.links.map((link) => [link.name, link]))
  }

  link(name: string): RegistryLink | null {
    return this.#byName.get(name) ?? null
  }

  /** How often a write has begun or ended: what was read before may be older than what somebody has written. */
  get writesSoFar(): number {
    return this.links.reduce((sum, link) => sum + link.writesSoFar, this.#writes)
  }

  noteWrite(): void {
    this.#writes++
  }

  async close(): Promise<void> {
    try {
      await Promise.all(this.links.map((link) => link.close()))
    } finally {
      await this.journal.close()
    }
  }
}
