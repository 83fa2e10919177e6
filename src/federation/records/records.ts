import type { AliasRecord, ModelRecord, ModelVersionRecord, RunRecord } from '../../contract/index.ts'
import type { NotedOrigin } from './noted-origin.ts'

/** Where a record was read: from the registry itself, or from what the gateway keeps of it. */
export type ReadMode = 'LIVE' | 'INDEXED'

interface Federated {
  readonly registry: string
  /** What belongs to the record is read in the same mode. */
  readonly mode: ReadMode
}

/** Records of the contract that know which registry they are from. Plain values: they are shared between requests. */
export interface FederatedModel extends ModelRecord, Federated {
  readonly latestVersions: readonly FederatedVersion[] | null
}

export interface FederatedVersion extends ModelVersionRecord, Federated {
  /** URIs of the versions before its source, nearest first, as far as they were noted when it was copied. */
  readonly earlierOrigins: readonly string[]
  /** What was noted of its source and of the versions before, as far as it was. */
  readonly notedOrigins: readonly NotedOrigin[]
  /** As its registry gave it, where the gateway's own tags were taken out of it. */
  readonly given?: ModelVersionRecord
}

export interface FederatedRun extends RunRecord, Federated {}

export interface FederatedAlias extends AliasRecord, Federated {
  readonly model: string
}

/**
 * One step back from a copy. `version` is null exactly when the hop is broken: it is gone, or something else has its
 * name by now.
 */
export interface FederatedHop {
  readonly uri: string
  readonly registry: string | null
  readonly version: FederatedVersion | null
  readonly broken: boolean
  /** What it was when it was copied, also when it is gone; null when that was not noted. */
  readonly noted: NotedOrigin | null
}
