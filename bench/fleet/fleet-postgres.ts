import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { cacheFolder } from '../../test/environment/cache-folder.ts'
import { startPostgres } from '../../test/environment/postgres-server.ts'
import { isReachableByAll } from '../../test/environment/reachable-postgres.ts'

export interface FleetPostgres {
  /** With its data and notes of what is in it. */
  readonly folder: string
  urlOf(database: string): string
  query(text: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** A PostgreSQL that keeps its databases from one run to the next. */
export async function startFleetPostgres(): Promise<FleetPostgres> {
  const folder = postgresFolder()
  const server = await startPostgres(folder)
  const client = new pg.Client(server.url)
  await client.connect()
  return {
    folder,
    urlOf: (database) => server.url.replace(/\/postgres$/, `/${database}`),
    query: async (text) => (await client.query(text)).rows,
    close: async () => {
      await client.end()
      await server.close()
    },
  }
}

/** As root it runs as another user, who does not get into a cache folder below root's home. */
function postgresFolder(): string {
  const cache = cacheFolder()
  mkdirSync(cache, { recursive: true })
  const isReachable = process.getuid?.() !== 0 || isReachableByAll(cache)
  return join(isReachable ? cache : '/var/tmp/modelgate', 'bench/fleet-postgres')
}
