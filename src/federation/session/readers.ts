import type { ReadMode } from '../records/records.ts'
import type { SourceState } from '../registry/source-state.ts'
import type { Reader } from './reader.ts'
import type { RegistrySession } from './registry-session.ts'

/** How far what is kept of a registry is known. */
export interface CatalogReport {
  readonly state: SourceState
  readonly lastFullSync: Date | null
  readonly lagMs: number | null
  /** Null for who may not see all of them. */
  readonly models: number | null
  readonly versions: number | null
}

/** Which reader answers, where it is not the registry itself. */
export interface Readers {
  /** For lists, and for what belongs to a record that was read in this mode. */
  inMode(mode: ReadMode, live: RegistrySession): Reader
  /**
   * Who answers a list for a registry that has failed; null: nobody.
   *
   * @param wanted by the request; null: as configured.
   */
  ifFailed(live: RegistrySession, wanted: boolean | null): Reader | null
  /** Null: nothing is kept of it. */
  status(live: RegistrySession): Promise<CatalogReport | null>
}

export const liveReaders: Readers = {
  inMode: (_, live) => live,
  ifFailed: () => null,
  status: async () => null,
}
