/** What a client asks for. All names are of models in the registry under test. */
export type Wish =
  | { readonly kind: 'readModel'; readonly name: string }
  | { readonly kind: 'createModel'; readonly name: string }
  | { readonly kind: 'deleteModel'; readonly name: string }
  | { readonly kind: 'renameModel'; readonly name: string; readonly newName: string }
  | VersionWish
  | CopyWish
  | { readonly kind: 'deleteVersion'; readonly name: string; readonly version: string }
  | AliasWish
  | {
      readonly kind: 'deleteAlias'
      readonly name: string
      readonly alias: string
      readonly expected?: string
    }
  | {
      readonly kind: 'assignAliasToStage'
      readonly name: string
      readonly stage: string
      readonly alias: string
    }
  | StageWish
  | TextWish

interface VersionWish {
  readonly kind: 'createVersion'
  readonly name: string
  readonly createModel: boolean
  readonly source: string
  /** Whether the registry does not take the source. */
  readonly isRefused: boolean
  /** A tag of the version, by which it is known who asked for it. */
  readonly marker: string
}

interface CopyWish {
  readonly kind: 'copyVersion'
  readonly name: string
  readonly original: Original
  readonly isRefused: boolean
  readonly marker: string
}

/** A version with files in another registry. */
export interface Original {
  readonly registry: string
  readonly model: string
  readonly version: string
  /** What its files hold, by their paths. */
  readonly files: Readonly<Record<string, string>>
}

interface AliasWish {
  readonly kind: 'setAlias'
  readonly name: string
  readonly alias: string
  readonly version: string
  readonly expected?: string
  readonly onlyIfUnset?: true
}

interface StageWish {
  readonly kind: 'transitionStage'
  readonly name: string
  readonly version: string
  readonly stage: string
  readonly isArchiving: boolean
  readonly expected?: string
}

/** `version` null: of the model. `key` empty: the description. `text` null: taken away. */
interface TextWish {
  readonly kind: 'setText'
  readonly name: string
  readonly version: string | null
  readonly key: string
  readonly text: string | null
}

/** What was answered, as far as it was. */
export interface Answer {
  readonly version?: string
  readonly previous?: string | null
  readonly archived?: readonly string[]
  readonly model?: SeenModel | null
}

export interface SeenModel {
  readonly texts: Readonly<Record<string, string>>
  readonly aliases: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, SeenVersion>>
}

export interface SeenVersion {
  readonly marker: string
  readonly stage: string | null
  readonly texts: Readonly<Record<string, string>>
  readonly artifactUri: string | null
}

export type Outcome =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** Certainly nothing was written. */
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly current?: string | null
    }
  | { readonly kind: 'unknown'; readonly why: string }

export interface Call {
  readonly id: string
  readonly client: string
  /** Which gateway was asked. */
  readonly gateway: string
  readonly wish: Wish
  /** The idempotency key, and how often all keys have been forgotten so far. */
  readonly key: string | null
  readonly era: number
  /** `performance.now()` of the process that asks. */
  readonly begin: number
  readonly end: number
  readonly outcome: Outcome
}

/** The tag that holds the marker. */
export const markerTag = 'asked'

/** The tags of models and versions that clients write, and below the empty key the description. */
export const textKeys = ['', 'a', 'b'] as const

/** The client that looks when all others have gone. */
export const lastLook = 'last look'
