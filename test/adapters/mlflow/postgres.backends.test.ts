import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { MlflowWriter } from '../../conformance/mlflow-writer.ts'
import { type MlflowServer, startMlflow } from '../../environment/mlflow-server.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery, readPages, textIs, versionQuery } from './queries.ts'

const names = ['a', 'B', 'c', 'D', '_e', 'é', 'a.b', 'ab', 'back\\slash', '100%', '😀', '～']

describe('MLflow on PostgreSQL with a locale', () => {
  const database = `mlflow_${process.pid}`
  let server: MlflowServer
  let registry: Adapter

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    requireBackend('postgres')
    const postgresUrl = inject('postgresUrl')
    const client = new pg.Client({ connectionString: postgresUrl })
    await client.connect()
    await client.query(
      `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`,
    )
    await client.end()
    const storeUrl = new URL(postgresUrl)
    storeUrl.pathname = `/${database}`
    server = await startMlflow({
      version: '3.17.2',
      backendStoreUri: storeUrl.href.replace(/^postgres(ql)?:/, 'postgresql+psycopg2:'),
    })
    const writer = new MlflowWriter(server.url)
    for (const name of names) {
      await writer.post('registered-models/create', { name, tags: [{ key: 'own', value: name }] })
      for (let n = 0; n < 2; n++) await writer.post('model-versions/create', { name, source: 's3://b/m' })
    }
    registry = await openRegistry(server.url)
  })
  afterAll(async () => {
    await registry?.close()
    await server?.close()
  })

  it('is found to sort names by a locale', async () => {
    const { notices, pushedDownOrders } = await registry.describe(newCall())
    expect(notices.join()).toContain('locale')
    expect(pushedDownOrders).not.toContain('name')
  })

  it('gives lists by name unordered, and whole', async () => {
    const pages = await readPages(modelQuery({ limit: 5 }), (query) => registry.models.list(query, newCall()))
    expect(pages.some(({ ordered }) => ordered)).toBe(false)
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name)).toSorted()).toEqual(names.toSorted())
  })

  it('gives lists by other fields in order, with ties by code point', async () => {
    const order = [{ field: 'version', direction: 'desc' }] as const
    const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    for (const limit of [3, 50]) {
      const pages = await readPages(versionQuery({ order, limit }), (query) =>
        registry.versions.list(query, newCall()),
      )
      expect(pages.every(({ ordered }) => ordered)).toBe(true)
      expect(pages.flatMap(({ items }) => items.map((v) => `${v.version} ${v.modelName}`))).toEqual(
        ['2', '1'].flatMap((version) => sorted.map((name) => `${version} ${name}`)),
      )
    }
  })

  it('takes a backslash in a pattern for itself', async () => {
    for (const part of ['back\\', '\\slash', 'k\\s', '100%']) {
      const tests = [{ operator: 'contains', value: part, ignoreCase: false }] as const
      for (const filter of [
        { kind: 'text', field: 'name', tests },
        { kind: 'tag', key: 'own', tests },
      ] as const) {
        const page = await registry.models.list(modelQuery({ filter }), newCall())
        expect(page.items.map(({ name }) => name)).toContain(names.find((name) => name.includes(part)))
      }
    }
  })

  it('orders the versions of one model by itself', async () => {
    const page = await registry.versions.list(versionQuery({ filter: textIs('model', 'B') }), newCall())
    expect(page).toMatchObject({ ordered: true, items: [{ version: '1' }, { version: '2' }] })
  })
})
