export interface CallersKey {
  readonly caller: string
  readonly key: string
}

export interface IdempotencyRecord {
  /** Of the operation and its arguments. */
  readonly digest: string
  /** What was known before the write began. */
  readonly memo: string | null
  /** `null`: it began, and nobody has said how it ended. */
  readonly answer: string | null
}

/** What was written under the key of a caller. */
export interface IdempotencyRecords {
  find(key: CallersKey): Promise<IdempotencyRecord | null>
  begin(key: CallersKey, digest: string, memo: string): Promise<void>
  answer(key: CallersKey, answer: string): Promise<void>
  forget(key: CallersKey): Promise<void>
}
