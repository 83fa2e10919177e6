import type { GrantKey } from '../../stores/grant-store.ts'
import type { Grant, PermissionLevel } from '../records/permission.ts'

/** What is granted on models, beside what they are: it follows them. */
export interface ModelGrants {
  /** Of one that was made: what was granted on an earlier one of its name ends, and whoever makes it may do everything. */
  made(registry: string, model: string, principal: string | null): Promise<void>
  renamed(registry: string, model: string, newName: string): Promise<void>
  ended(registry: string, model: string): Promise<void>
}

/** All grants there are, those of the configuration and those that were made by commands. */
export interface Grants extends ModelGrants {
  /** In the order of registry, model and principal. */
  list(): Promise<readonly Grant[]>
  /** Where in the configuration it stands; null: it does not. */
  placeOf(key: GrantKey): string | null
  /** Answers what was granted before; null: nothing. */
  set(grant: Grant): Promise<PermissionLevel | null>
  remove(key: GrantKey): Promise<PermissionLevel | null>
  /** Takes in what was changed elsewhere up to now. */
  look(): Promise<void>
}

export const noGrants: Grants = {
  list: async () => [],
  placeOf: () => null,
  set: async () => null,
  remove: async () => null,
  look: async () => {},
  made: async () => {},
  renamed: async () => {},
  ended: async () => {},
}
