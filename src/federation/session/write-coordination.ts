import type { Caller } from '../../contract/index.ts'
import type { CleanUps } from '../../stores/clean-ups.ts'
import type { CallersKey, IdempotencyRecords } from '../../stores/idempotency-records.ts'
import type { Leases } from '../../stores/leases.ts'

export interface WriteCoordination {
  readonly leases: Leases
  readonly records: IdempotencyRecords
  readonly cleanUps: CleanUps
}

/** Nobody who is not signed in can be told from another. */
export function callersKey(caller: Caller | null, key: string): CallersKey {
  return { caller: caller?.principal ?? '', key }
}
