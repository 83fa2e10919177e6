import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type PostgresServer, startPostgres } from '../environment/postgres-server.ts'
import { describeRefusedWrites } from './refused-writes-suite.ts'
import { seedMlflow } from './seed-mlflow.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.close())

async function runOnServer(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function startUpstream() {
  const { url } = inject('mlflow')['3.17.2']
  const model = `refused-${randomUUID()}`
  await seedMlflow(url, [{ name: model, versions: [{ source: 's3://bucket/1' }] }], model)
  return { url, model }
}

// What a pool sees after a switch-over: its server is one that only reads.
describeRefusedWrites({
  name: 'is a PostgreSQL that turned read-only',
  reason: 'it is read-only',
  mlflow: startUpstream,
  takesWrites: true,
  open: async () => ({
    url: server.url,
    refuse: () =>
      runOnServer('alter system set default_transaction_read_only = on', 'select pg_reload_conf()'),
    permit: () =>
      runOnServer(
        'set default_transaction_read_only = off',
        'alter system reset default_transaction_read_only',
        'select pg_reload_conf()',
      ),
    dispose: async () => {},
  }),
})
