import type { TextTest } from '../contract/index.ts'

/** Which events: all of these have to hold. Null: whatever it is. */
export interface EventQuery {
  /** Only those after it; with `descending`, only those before it. */
  readonly after: number | null
  readonly descending: boolean
  /** `from <= at < to`, in epoch milliseconds. */
  readonly from: number | null
  readonly to: number | null
  readonly kinds: readonly string[] | null
  readonly registries: readonly string[] | null
  readonly model: readonly TextTest[] | null
  readonly version: string | null
  readonly actor: readonly TextTest[] | null
  readonly key: readonly TextTest[] | null
  readonly limit: number
}
