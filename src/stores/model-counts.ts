import type { ModelFilter } from '../contract/index.ts'

/** What puts models into one group. */
export type GroupBy = { readonly tag: string } | { readonly nameBefore: string }

/** Models of one part of the catalog that are to be counted. */
export interface CountedPart {
  readonly id: number
  readonly filter: ModelFilter | null
}

export interface ModelCounts {
  readonly counts: readonly {
    readonly registryId: number
    readonly key: string | null
    readonly models: number
  }[]
  /** The parts of which a filter could not be judged, and nothing is counted. */
  readonly left: readonly number[]
}
