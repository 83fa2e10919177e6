/** What was there before and what is there now; `null`: nothing. `from` is left out where nobody looked. */
export interface Change {
  readonly from?: string | null
  readonly to: string | null
}

/** What a write did, in the field's words, for whoever reads the log. */
export interface WriteFacts {
  /** As the mutation is called. */
  readonly operation: string
  readonly registry: string
  readonly model: string
  readonly version?: string
  readonly copyOf?: string
  readonly createdModel?: boolean
  readonly renamedTo?: string
  readonly alias?: Change & { readonly name: string }
  readonly stage?: Change
  /** The versions that went to Archived. */
  readonly archived?: readonly string[]
  readonly comment?: string | null
  /** Of whom it was changed what they may do. */
  readonly grant?: Change & { readonly principal: string }
  /** Which were set or deleted; values may be long, and none of the log's business. */
  readonly tagKeys?: readonly string[]
  /** Whether the key was known, so that this is the answer of a write that was done before. */
  readonly isReplay?: boolean
}
