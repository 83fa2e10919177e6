import { basename } from 'node:path'
import type { Figure } from './figure.ts'
import type { FleetPostgres } from './fleet-postgres.ts'
import { type FleetWish, type KeptFleet, keepPostgresFleet, keepSqliteFleet } from './kept-fleet.ts'

/** A database that fleets are kept in. */
export interface FleetStore {
  readonly database: 'SQLite' | 'PostgreSQL'
  keep(wish: FleetWish): Promise<KeptFleet>
  /** An empty one for a moment; in the file where it is one. */
  create(path: string): Promise<string>
}

/** What is measured. */
export interface Measured {
  readonly stores: readonly FleetStore[]
  /** Of the large fleet; the small one has a tenth. */
  readonly models: number
}

export type FleetMeasure = (measured: Measured) => AsyncGenerator<Figure>

export const sqliteStore: FleetStore = {
  database: 'SQLite',
  keep: keepSqliteFleet,
  create: async (path) => `sqlite:${path}`,
}

export function postgresStore(server: FleetPostgres): FleetStore {
  return {
    database: 'PostgreSQL',
    keep: (wish) => keepPostgresFleet(server, wish),
    create: async (path) => {
      const name = `moment_${basename(path, '.db')}`
      await server.query(`drop database if exists ${name} with (force)`)
      await server.query(`create database ${name}`)
      return server.urlOf(name)
    },
  }
}
