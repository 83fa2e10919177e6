import type { Figure } from './figure.ts'
import type { FleetPostgres } from './fleet-postgres.ts'
import { type FleetWish, type KeptFleet, keepPostgresFleet, keepSqliteFleet } from './kept-fleet.ts'

/** A database that fleets are kept in. */
export interface FleetStore {
  readonly database: 'SQLite' | 'PostgreSQL'
  keep(wish: FleetWish): Promise<KeptFleet>
}

/** What is measured. */
export interface Measured {
  readonly stores: readonly FleetStore[]
  /** Of the large fleet; the small one has a tenth. */
  readonly models: number
}

export type FleetMeasure = (measured: Measured) => AsyncGenerator<Figure>

export const sqliteStore: FleetStore = { database: 'SQLite', keep: keepSqliteFleet }

export function postgresStore(server: FleetPostgres): FleetStore {
  return { database: 'PostgreSQL', keep: (wish) => keepPostgresFleet(server, wish) }
}
