import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { SharedDatabase } from './target.ts'

const tables = ['idempotent_write', 'local_idempotency']

export function sqliteFile(folder: string): SharedDatabase {
  const file = join(folder, 'gateway.db')
  return {
    url: `sqlite:${file}`,
    async forgetKeys() {
      const database = new DatabaseSync(file, { timeout: 10_000 })
      for (const table of tables) database.exec(`delete from ${table}`)
      database.close()
    },
  }
}

export function postgresDatabase(url: string): SharedDatabase {
  return {
    url,
    async forgetKeys() {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      for (const table of tables) await client.query(`delete from ${table}`)
      await client.end()
    },
  }
}
