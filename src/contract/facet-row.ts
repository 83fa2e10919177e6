import type { Adapter, RegistryDescription } from './adapter.ts'
import type { ArtifactUpload } from './artifact-transfer.ts'
import type { ListPage, Outcome } from './reads.ts'
import type { Shape, Test } from './shape.ts'
import type { RegistryWrites } from './writes.ts'

export type FacetName = Exclude<keyof Adapter, 'describe' | 'health' | 'perCaller' | 'probes' | 'close'>

export type LevelName = Exclude<keyof RegistryDescription['levels'], 'tags'>

/** One outcome for each key. */
export interface BatchRow<Key = unknown, Value = unknown> {
  readonly asks: 'batch'
  readonly of: Shape | Test
  /** Outcomes in another order than the keys would pass for what was asked. */
  isOf(value: Value, key: Key): boolean
  /** Where what is wanted of each key is limited, by the second argument: how many are in the value. */
  countOf?(value: Value): number
}

export interface PageRow {
  readonly asks: 'page'
  readonly of: Shape
}

export interface AnswerRow {
  readonly asks: 'answer'
  /** Left out: it answers nothing. */
  readonly of?: Test
}

/** Answers an object whose members are asked in turn. */
export interface HandleRow {
  readonly asks: 'handle'
  readonly members: Members
}

/** Answered at once, without a call. */
export interface JudgementRow {
  readonly asks: 'judgement'
}

/** Nothing is asked: it is true, or left out. */
export interface FactRow {
  readonly asks: 'fact'
}

interface Lacking {
  readonly optional?: true
  /** What there is none of without it, for people. */
  readonly lack?: string
}

export type MemberRow = Lacking & {
  /** Both are there, or neither. */
  readonly with?: string
} & (BatchRow | PageRow | AnswerRow | HandleRow | JudgementRow | FactRow)

export type Members = Readonly<Record<string, MemberRow>>

export interface FacetRow extends Lacking {
  /** What says NONE where it is missing; the one that is named like it says so nowhere else. */
  readonly levels?: readonly LevelName[]
  /** Whether a registry has it that the configuration makes read-only. */
  readonly inReadOnly?: boolean
  readonly members?: Members
  /** Of a facet that is made of others. */
  readonly parts?: Readonly<Record<string, FacetRow>>
}

type OptionalIn<Owner, Name extends keyof Owner> = undefined extends Owner[Name]
  ? { readonly optional: true }
  : { readonly optional?: never }

type MemberRowOf<Member> = Member extends (
  keys: readonly (infer Key)[],
  ...more: never
) => Promise<readonly Outcome<infer Value>[]>
  ? BatchRow<Key, Value>
  : Member extends (...given: never) => Promise<infer Answer>
    ? Answer extends ListPage<unknown, unknown>
      ? PageRow
      : Answer extends ArtifactUpload
        ? HandleRow & { readonly members: MembersOf<ArtifactUpload> }
        : AnswerRow
    : Member extends (...given: never) => boolean
      ? JudgementRow
      : FactRow

type MembersOf<Facet> = {
  readonly [Name in keyof Facet]-?: MemberRowOf<NonNullable<Facet[Name]>> &
    OptionalIn<Facet, Name> & { readonly lack?: string; readonly with?: keyof Facet }
}

type Parts<Owner, Names extends keyof Owner = keyof Owner> = {
  readonly [Name in Names]-?: OptionalIn<Owner, Name> & FacetRowOf<NonNullable<Owner[Name]>>
}

type FacetRowOf<Facet> = Omit<FacetRow, 'optional' | 'members' | 'parts'> &
  (Facet extends RegistryWrites ? { readonly parts: Parts<Facet> } : { readonly members: MembersOf<Facet> })

/** A row for every facet that an adapter may have, and for every member of it, as the contract's types have them. */
export type FacetTable = Parts<Adapter, FacetName> & {
  readonly [Name in FacetName]: { readonly inReadOnly: boolean }
}
