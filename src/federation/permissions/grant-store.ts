import type { GrantKey } from '../records/permission.ts'

type Place = Omit<GrantKey, 'principal'>

/** Where grants are kept that were made by commands: the same for all gateways on one database. */
export interface GrantStore {
  /** Counted up with every change; to look costs next to nothing. */
  revision(): Promise<number>
  /** What has changed since a revision that was seen less than a day ago; null: everything. */
  changes(since: number | null): Promise<{
    readonly revision: number
    readonly isAll: boolean
    /** `permission` null: it is taken away. */
    readonly changes: readonly (GrantKey & { readonly permission: string | null })[]
  }>
  /** Answers what was there before. */
  change(key: GrantKey, permission: string | null): Promise<string | null>
  begin(
    place: Place,
    granted: { readonly principal: string; readonly permission: string } | null,
  ): Promise<void>
  move(from: Place, to: Place): Promise<void>
}
