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

export type EventKind =
  | 'MODEL_CREATED'
  | 'MODEL_UPDATED'
  | 'MODEL_RENAMED'
  | 'MODEL_DELETED'
  | 'VERSION_CREATED'
  | 'VERSION_UPDATED'
  | 'VERSION_DELETED'
  | 'VERSION_COPIED'
  | 'TAG_SET'
  | 'TAG_DELETED'
  | 'ALIAS_SET'
  | 'ALIAS_DELETED'
  | 'STAGE_CHANGED'
  | 'TRANSITION_REQUESTED'
  | 'TRANSITION_APPROVED'
  | 'TRANSITION_REJECTED'
  | 'TRANSITION_CANCELLED'
  | 'PROMOTED'
  | 'ROLLED_BACK'
  | 'COMMENTED'
  | 'PERMISSION_CHANGED'
  | 'VERSION_STATUS_CHANGED'
  | 'TRANSITION_EXPIRED'
  | 'PROMOTION_FAILED'
  | 'CHECK_REQUESTED'
  | 'CHECK_REPORTED'
