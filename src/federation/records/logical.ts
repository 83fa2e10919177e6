import type { ReadMode } from './records.ts'

/** One business model in all its environments, as far as the caller may see it. */
export interface FederatedLogicalModel {
  readonly name: string
  readonly mode: ReadMode
  /** Lowest environment first, then in the order of the registries. */
  readonly members: readonly LogicalPlace[]
  /** Models of one registry and environment that claim the name together: none of them is a member. */
  readonly conflicts: readonly LogicalConflictPlace[]
}

/** A model that belongs to a logical model. */
export interface LogicalPlace {
  readonly registry: string
  readonly model: string
  readonly environment: string
  /** The rule that joined it. */
  readonly matchedBy: string
}

export interface LogicalConflictPlace extends LogicalPlace {
  /** Its own rule, and those of the others. */
  readonly rules: readonly string[]
  /** The names of all that claim it there, its own too; one list for all of them. */
  readonly claimants: readonly string[]
}
