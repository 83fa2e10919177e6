import type { VersionStatus } from './records.ts'

/**
 * One filter language for every backend. A tree of leaves under `and`, `or`, `not`; a leaf says which field and
 * what must hold of it. What is not there matches no leaf. `and: []` is true, `or: []` is false.
 *
 * An adapter pushes down what it can and says in {@link ListPage.residue} what is left. Texts compare by Unicode
 * code point and case-sensitively; with `ignoreCase` both sides are compared as `foldCase` folds them.
 */
export type Filter<Leaf> = Connective<Leaf> | Leaf

export type Connective<Leaf> =
  | { readonly kind: 'and'; readonly filters: readonly Filter<Leaf>[] }
  | { readonly kind: 'or'; readonly filters: readonly Filter<Leaf>[] }
  | { readonly kind: 'not'; readonly filter: Filter<Leaf> }

export type TextTest =
  | {
      readonly operator: 'eq' | 'ne' | 'contains' | 'startsWith' | 'endsWith'
      readonly value: string
      readonly ignoreCase: boolean
    }
  | { readonly operator: 'in'; readonly values: readonly string[]; readonly ignoreCase: boolean }

/** All tests hold of one and the same value of the field (of several aliases: of some one alias). */
export interface TextCondition<Field extends string> {
  readonly kind: 'text'
  readonly field: Field
  readonly tests: readonly TextTest[]
}

/** A tag of that key is there, and all tests hold of its value. */
export interface TagCondition {
  readonly kind: 'tag'
  readonly key: string
  readonly tests: readonly TextTest[]
}

export interface TimeCondition {
  readonly kind: 'time'
  readonly field: 'createdAt' | 'updatedAt'
  readonly operator: 'gt' | 'gte' | 'lt' | 'lte'
  readonly value: Date
}

export interface StatusCondition {
  readonly kind: 'status'
  readonly in: readonly VersionStatus[]
}

/** Of the version's run. NaN is not there; infinities compare. */
export interface MetricCondition {
  readonly kind: 'metric'
  readonly key: string
  readonly operator: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'
  readonly value: number
}

/** Of the version's run. */
export interface ParamCondition {
  readonly kind: 'param'
  readonly key: string
  readonly tests: readonly TextTest[]
}

export type ModelLeaf = TextCondition<'name' | 'description' | 'alias'> | TagCondition | TimeCondition

export type VersionLeaf =
  | TextCondition<'model' | 'version' | 'description' | 'source' | 'alias' | 'stage' | 'runId'>
  | TagCondition
  | TimeCondition
  | StatusCondition
  | MetricCondition
  | ParamCondition

export type ModelFilter = Filter<ModelLeaf>
export type VersionFilter = Filter<VersionLeaf>
