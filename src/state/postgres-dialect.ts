import { PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Logger } from '../contract/index.ts'

/** Every integer that is kept, a time or a number of a version, is within what a JavaScript number holds. */
const bigintAsNumber = (text: string) => Number(text)

export function createPostgresDialect(url: string, log: Logger): PostgresDialect {
  return new PostgresDialect({ pool: () => openPool(url, log) })
}

/** The driver is loaded by whoever has such a database. */
async function openPool(url: string, log: Logger): Promise<pg.Pool> {
  const { Pool, types } = (await import('pg')).default
  const pool = new Pool({
    connectionString: url,
    application_name: 'modelgate',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === types.builtins.INT8 ? bigintAsNumber : types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  })
  // An error without a listener ends the process, and the pool listens to idle connections only.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ error: error.message }, 'a database connection was lost'))
  })
  pool.on('error', (error) => log.debug({ error: error.message }, 'an idle database connection was dropped'))
  return pool
}
