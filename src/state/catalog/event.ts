import type { Happening } from '../../stores/done-write.ts'
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
