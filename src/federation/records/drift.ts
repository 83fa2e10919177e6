import type { FederatedVersion } from './records.ts'

export type DriftKind =
  | 'MISSING'
  | 'DIFFERENT_ARTIFACT'
  | 'TAGS_DIFFER'
  | 'METRICS_DIFFER'
  | 'STAGE_DIFFERS'
  | 'NEWER_IN_FROM'
  | 'UNKNOWN'

export interface DriftRecord {
  readonly logicalModel: string
  readonly kind: DriftKind
  /** The holders. */
  readonly from: FederatedVersion | null
  readonly to: FederatedVersion | null
  readonly detail: string
}
