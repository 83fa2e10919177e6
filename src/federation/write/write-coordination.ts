import type { Caller } from '../../contract/index.ts'

/** Keeps writers apart, in this process and in others that share the gateway's database. */
export interface Leases {
  run<T>(name: string, waitMs: number, work: (lost: AbortSignal) => Promise<T>): Promise<T>
}

export interface CallersKey {
  readonly caller: string
  readonly key: string
}

/** What was written under the key of a caller. */
export interface IdempotencyRecords {
  find(key: CallersKey): Promise<{
    readonly digest: string
    /** What was known before the write began. */
    readonly memo: string | null
    /** `null`: it began, and nobody has said how it ended. */
    readonly answer: string | null
  } | null>
  begin(key: CallersKey, digest: string, memo: string): Promise<void>
  answer(key: CallersKey, answer: string): Promise<void>
  forget(key: CallersKey): Promise<void>
}

export interface WriteCoordination {
  readonly leases: Leases
  readonly records: IdempotencyRecords
}

/** Nobody who is not signed in can be told from another. */
export function callersKey(caller: Caller | null, key: string): CallersKey {
  return { caller: caller?.principal ?? '', key }
}
