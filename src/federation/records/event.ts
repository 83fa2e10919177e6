import type { HappeningKind } from '../../stores/done-write.ts'

/** What happened, as it stands in the log. Times are epoch milliseconds. */
export interface EventRecord {
  /** Its number: later events have higher ones. */
  readonly seq: number
  readonly kind: EventKind
  readonly at: number
  /** Of what was noticed: the last look before. */
  readonly notBefore: number | null
  readonly certainty: 'RECORDED' | 'OBSERVED'
  readonly actor: string | null
  /** Null: of none. */
  readonly registry: string | null
  readonly model: string | null
  readonly version: string | null
  readonly key: string | null
  readonly before: string | null
  readonly after: string | null
  readonly comment: string | null
}

/** With those that the schema promises and that nothing notes yet. */
export type EventKind =
  | HappeningKind
  | 'TRANSITION_REQUESTED'
  | 'TRANSITION_APPROVED'
  | 'TRANSITION_REJECTED'
  | 'TRANSITION_CANCELLED'
  | 'TRANSITION_EXPIRED'
  | 'PROMOTED'
  | 'PROMOTION_FAILED'
  | 'ROLLED_BACK'
  | 'COMMENTED'
  | 'CHECK_REQUESTED'
  | 'CHECK_REPORTED'
