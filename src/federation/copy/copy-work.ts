import type { FederatedVersion } from '../records/records.ts'
import type { Making, VersionPlan } from '../write/make-version.ts'

/** A copy whose version is to be made. */
export interface CopyWork extends Making<VersionPlan> {
  readonly source: FederatedVersion
}
