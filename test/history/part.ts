import type { Effect } from './registry-state.ts'
import * as effects from './registry-state.ts'

/**
 * What a step is about. What is about one alias or text says nothing of another, so each can be checked on its own,
 * together with what all of them depend on: which models and versions are there.
 */
export type Facet = 'existence' | 'stages' | `alias ${string}` | `text ${string}`

/** What happened to the registry, or was seen of it, at one moment of a call. */
export interface Part {
  readonly effect: Effect
  /** Null: it matters to all. */
  readonly facets: readonly Facet[] | null
  /** Of the parts of one call, none of a higher order comes before one of a lower. */
  readonly order?: number
  /** Whether it need not have happened even when the call was done. */
  readonly isOptional?: boolean
  readonly isRead?: boolean
}

/** What is known of a registry beside the answers. */
export interface Reading {
  /** By marker: the number of each version that anybody has ever been told of. */
  readonly numbers: ReadonlyMap<string, string>
  /** The numbers of versions that anybody has asked to be deleted. */
  readonly leaving: ReadonlySet<string>
  /** Whether a stage move with its archiving, or a version that goes with its aliases, are several writes. */
  readonly writesStepwise: boolean
  readonly aliases: readonly string[]
}

export function aliasFacet(alias: string): Facet {
  return `alias ${alias}`
}

export function textFacet(version: string | null, key: string): Facet {
  return `text ${version ?? 'of the model'} ${key}`
}

export function takingBack(name: string, by: string): Part {
  return { effect: effects.takeModelBack(name, by), facets: null, order: 2, isOptional: true }
}
