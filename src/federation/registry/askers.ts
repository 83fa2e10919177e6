import type { Caller, RegistryError } from '../../contract/index.ts'
import type { Lane } from './admission.ts'
import type { Patience } from './flight.ts'

/** Whether the gateway acts for itself. Left out: for a caller, or for somebody who has not signed in. */
interface OnWhoseBehalf {
  readonly asGateway?: boolean
}

/** Who asks, and who is told what it cost. */
export interface ReadAsker extends OnWhoseBehalf {
  /** Leaves a shared read when it is over. */
  readonly patience: Patience
  readonly lane: Lane
  readonly caller: Caller | null
  countRequest(): void
  countHit(): void
  countFailure(): void
}

/** Who writes, and how long there is for it. */
export interface WriteAsker extends OnWhoseBehalf {
  readonly lane: Lane
  readonly caller: Caller | null
  /** Epoch milliseconds. */
  readonly deadline: number
  /** What has been missed when it is over. */
  readonly late: () => RegistryError
  /** Fires when the writer has lost the right to. */
  readonly signal: AbortSignal
  countRequest(): void
}

/** Who moves files, which take as long as they are large. */
export type TransferAsker = Omit<WriteAsker, 'late' | 'lane'>
