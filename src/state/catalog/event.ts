export type EventKind =
  | 'MODEL_CREATED'
  | 'MODEL_UPDATED'
  | 'MODEL_RENAMED'
  | 'MODEL_DELETED'
  | 'VERSION_CREATED'
  | 'VERSION_UPDATED'
  | 'VERSION_DELETED'
  | 'VERSION_COPIED'
  | 'VERSION_STATUS_CHANGED'
  | 'TAG_SET'
  | 'TAG_DELETED'
  | 'ALIAS_SET'
  | 'ALIAS_DELETED'
  | 'STAGE_CHANGED'
  | 'PERMISSION_CHANGED'

/** One change of one thing, whoever made it. */
export interface Happening {
  readonly kind: EventKind
  readonly model: string
  /** Of an alias: who holds it now. */
  readonly version: string | null
  /** Of a tag or an alias its name, of a description `description`. */
  readonly key: string | null
  /** An alias's version, a tag's value, a stage, a name; `null` is none. */
  readonly before: string | null
  readonly after: string | null
}

export interface NewEvent extends Happening {
  readonly registry: string
  /** Epoch milliseconds: when it was written, or noticed. */
  readonly at: number
  /** Of what was noticed: the last look before. */
  readonly notBefore: number | null
  readonly certainty: 'RECORDED' | 'OBSERVED'
  readonly actor: string | null
  readonly requestId: string | null
  readonly comment: string | null
}

/** What a write through the gateway has changed. `before` is left out where the write does not know. */
export type Written = Omit<Happening, 'before'> & { readonly before?: string | null }
