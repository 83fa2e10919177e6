/** What something is granted on. */
export interface GrantPlace {
  /** A registry's name, or `*` for all. */
  readonly registry: string
  /** A model's name, or a pattern: `*` stands for any text, `\*` for itself. */
  readonly model: string
}

/** What one grant is told from another by. */
export interface GrantKey extends GrantPlace {
  /** `user:NAME`, `group:NAME` or `token:NAME`. */
  readonly principal: string
}

export interface GrantChange extends GrantKey {
  /** Null: it is taken away. */
  readonly permission: string | null
}

export interface GrantChanges {
  readonly revision: number
  /** Whether these are all grants there are, and not only what has changed. */
  readonly isAll: boolean
  readonly changes: readonly GrantChange[]
}

/** Where grants are kept that were made by commands: the same for all gateways on one database. */
export interface GrantStore {
  /** Counted up with every change; to look costs next to nothing. */
  revision(): Promise<number>
  /** What has changed since a revision that was seen less than a day ago; null: everything. */
  changes(since: number | null): Promise<GrantChanges>
  /** Answers what was there before. */
  change(key: GrantKey, permission: string | null): Promise<string | null>
  /** Whatever was granted at the place ends; then whoever is named has this permission there. */
  begin(
    place: GrantPlace,
    granted: { readonly principal: string; readonly permission: string } | null,
  ): Promise<void>
  /** What was granted at the one place holds at the other, and nothing else does there. */
  move(from: GrantPlace, to: GrantPlace): Promise<void>
}
