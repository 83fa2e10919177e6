import type { FederatedVersion } from '../records.ts'
import type { Session } from '../session.ts'
import type { VersionPlan } from '../write/make-version.ts'
import type { OnceKey } from '../write/once.ts'
import type { WritableRegistry } from '../write/writable.ts'

/** A copy whose destination model is there and whose version is to be made. */
export interface CopyWork {
  readonly session: Session
  readonly source: FederatedVersion
  readonly destination: WritableRegistry
  readonly plan: VersionPlan
  readonly once: OnceKey | null
}
