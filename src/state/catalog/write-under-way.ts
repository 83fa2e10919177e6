import type { WrittenPlace } from '../../stores/done-write.ts'

/** A write that has begun and whose end is not noted, of whichever gateway; one for each model that it may change. */
export interface WriteUnderWay {
  /** Of its note. */
  readonly id: string
  readonly registry: string
  readonly model: string
  readonly places: readonly WrittenPlace[]
  /** Epoch milliseconds. */
  readonly begunAt: number
  /** Whoever began the write does not note its end any more. */
  readonly isOverdue: boolean
  /** That was found, and its model is to be read again. */
  readonly isLeftBehind: boolean
}
