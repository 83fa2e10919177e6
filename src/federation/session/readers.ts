import type { RegistryError, VersionPlace } from '../../contract/index.ts'
import type { CountedPart, GroupBy, ModelCounts } from '../../stores/model-counts.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { ReadMode } from '../records/records.ts'
import { NotIndexedError } from '../registry/not-indexed-error.ts'
import type { FederatedVersionsOfModel } from '../registry/registry-reads.ts'
import type { SourceState } from '../registry/source-state.ts'
import type { Reader } from './reader.ts'
import type { RegistrySession } from './registry-session.ts'

/** Who asks for groups knows federation alone. */
export type { GroupBy }

/** How far what is kept of a registry is known. */
export interface CatalogReport {
  readonly state: SourceState
  readonly lastFullSync: Date | null
  readonly lagMs: number | null
  /** Null for who may not see all of them. */
  readonly models: number | null
  readonly versions: number | null
}

/** The part of the catalog that is one registry's, as it is now. */
export interface KeptPart {
  /** Null: there is none; `error` says why. */
  readonly id: number | null
  /** Whether some rows have no times. */
  readonly hasTimeless: boolean
  /** Whether runs are kept too. */
  readonly keepsRuns: boolean
  readonly state: SourceState
  readonly asOf: Date | null
  readonly error: RegistryError | null
}

export const noPart = { id: null, hasTimeless: false, keepsRuns: false, asOf: null }

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
  kept(live: RegistrySession): Promise<KeptPart>
  /**
   * The versions of a registry that are copies of that one, by model and version, as the catalog has them.
   *
   * @throws RegistryFailure where it is not in the catalog.
   */
  copiesIn(live: RegistrySession, origin: VersionPlace, limit: number): Promise<FederatedVersionsOfModel>
  /** Models that are not archived, by one question; of the largest groups, or of all where `first` is null. */
  countModels(parts: readonly CountedPart[], by: GroupBy, first: number | null): Promise<ModelCounts>
}

export const liveReaders: Readers = {
  inMode: (_, live) => live,
  ifFailed: () => null,
  status: async () => null,
  kept: async ({ name }) => ({ ...noPart, state: 'SKIPPED', error: leftOut(name) }),
  copiesIn: async ({ name }) => {
    throw new RegistryFailure(name, leftOut(name))
  },
  countModels: async () => ({ counts: [], left: [] }),
}

export function leftOut(name: string): NotIndexedError {
  return new NotIndexedError(
    'UNSUPPORTED',
    `"${name}" is not in the catalog, as the configuration leaves it out; read it LIVE.`,
  )
}
