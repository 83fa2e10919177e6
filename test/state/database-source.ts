import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from '../../src/contract/index.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** Where a suite gets its databases from: each of them new and empty, all removed in the end. */
export interface DatabaseSource {
  readonly name: string
  createUrl(): Promise<string>
  dispose(): Promise<void>
}

export function openFrom(source: DatabaseSource): Promise<GatewayDatabase> {
  return source.createUrl().then((url) => openGatewayDatabase(url, { log: silent }))
}

export const memory: DatabaseSource = {
  name: 'SQLite in memory',
  createUrl: async () => 'sqlite::memory:',
  dispose: async () => {},
}

export function createFileSource(): DatabaseSource {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-state-'))
  return {
    name: 'SQLite in a file',
    createUrl: async () => `sqlite:${join(folder, randomUUID(), 'gateway.db')}`,
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface PostgresSource extends DatabaseSource {
  createUrl(options?: { readonly encoding?: string }): Promise<string>
}

export function createPostgresSource(serverUrl: string): PostgresSource {
  const names: string[] = []
  return {
    name: 'PostgreSQL',
    async createUrl({ encoding } = {}) {
      const name = `state_${randomUUID().replaceAll('-', '')}`
      names.push(name)
      const options = encoding
        ? ` encoding '${encoding}' locale_provider libc locale 'C' template template0`
        : ''
      await runOnServer(serverUrl, `create database ${name}${options}`)
      return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
    },
    async dispose() {
      for (const name of names) await runOnServer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
