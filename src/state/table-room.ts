import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from './column-types.ts'
import type { GatewayDatabase } from './database.ts'

/** By their names, which order them among those of all rooms. One that was released is never changed. */
export type RoomMigrations = Readonly<Record<string, (types: ColumnTypes) => Migration>>

/** Tables that belong together, brought by the room of the house that reads and writes them. */
export interface TableRoom<Tables> {
  readonly migrations: RoomMigrations
  /** The database, or what there is of it, with the tables of this room and no others. */
  in<Part extends keyof GatewayDatabase>(
    database: Pick<GatewayDatabase, Part>,
  ): Pick<GatewayDatabase<Tables>, Part>
}

export function defineTables<Tables>(migrations: RoomMigrations): TableRoom<Tables> {
  return { migrations, in: (database) => database as Pick<GatewayDatabase<Tables>, keyof typeof database> }
}
