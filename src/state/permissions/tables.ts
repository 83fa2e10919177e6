import { defineTables } from '../table-room.ts'
import { createPermissionMigration } from './0010-permission.ts'

/** Times are epoch milliseconds. */
export interface PermissionTables {
  readonly permission_grant: PermissionGrantRow
  readonly permission_revision: PermissionRevisionRow
}

export interface PermissionGrantRow {
  /** A digest of the three that tell it from others, as an index takes no text of any length. */
  id: string
  registry: string
  model: string
  principal: string
  /** `null`: it is taken away, as other gateways have still to see. */
  permission: string | null
  /** A digest of registry and model. */
  place: string
  /** Of all grants, when it was changed last. */
  revision: number
  changed_at: number
}

/** One row, counted up with every change, so that to look for changes costs next to nothing. */
export interface PermissionRevisionRow {
  id: number
  revision: number
}

export const permissionTables = defineTables<PermissionTables>({
  '0010-permission': createPermissionMigration,
})
