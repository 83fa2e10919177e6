import { randomInt } from 'node:crypto'
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

const inOrder = (texts: Iterable<string>) =>
  [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

describe('MLflow on PostgreSQL with a locale', () => {
  const database = `mlflow_${process.pid}`
  let server: MlflowServer
  let storeUrl: URL
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
    storeUrl = new URL(postgresUrl)
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
    expect(pushedDownOrders).toContain('name')
  })

  it('gives lists by name in order all the same', async () => {
    const pages = await readPages(modelQuery({ limit: 5 }), (query) => registry.models.list(query, newCall()))
    expect(pages.every(({ ordered }) => ordered)).toBe(true)
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(inOrder(names))
    const call = newCall()
    await registry.models.list(modelQuery({ limit: 5 }), call)
    expect(call.requests).toBe(3)
  })

  it('gives lists by other fields in order, with ties by code point', async () => {
    const order = [{ field: 'version', direction: 'desc' }] as const
    const sorted = inOrder(names)
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

  describe('whose models others write', () => {
    let writer: MlflowWriter
    let client: pg.Client
    const there = new Set(names)
    beforeAll(async () => {
      writer = new MlflowWriter(server.url)
      client = new pg.Client({ connectionString: storeUrl.href })
      await client.connect()
    })
    afterAll(async () => {
      await client?.end()
    })

    const create = async (name: string) => {
      await writer.post('registered-models/create', { name })
      there.add(name)
    }
    const rename = async (name: string, newName: string) => {
      await writer.post('registered-models/rename', { name, new_name: newName })
      there.delete(name)
      there.add(newName)
    }
    const remove = async (name: string) => {
      await writer.delete('registered-models/delete', { name })
      there.delete(name)
    }
    const listed = async (limit = 100) => {
      const pages = await readPages(modelQuery({ limit }), (query) => registry.models.list(query, newCall()))
      expect(pages.every(({ ordered }) => ordered)).toBe(true)
      return pages.flatMap(({ items }) => items.map(({ name }) => name))
    }

    it('gives those that were made, renamed, deleted and made again as they are', async () => {
      await create('Anew')
      expect(await listed()).toEqual(inOrder(there))
      await rename('Anew', 'zulu')
      expect(await listed()).toEqual(inOrder(there))
      await remove('zulu')
      expect(await listed(3)).toEqual(inOrder(there))
      await create('zulu')
      expect(await listed(3)).toEqual(inOrder(there))
      await writer.post('registered-models/set-tag', { name: 'zulu', key: 'own', value: 'late' })
      await writer.post('model-versions/create', { name: 'zulu', source: 's3://b/m' })
      await writer.post('registered-models/alias', { name: 'zulu', alias: 'champion', version: '1' })
      const { items } = await registry.models.list(modelQuery(), newCall())
      expect(items.find(({ name }) => name === 'zulu')).toMatchObject({
        tags: [{ key: 'own', value: 'late' }],
        aliases: [{ name: 'champion', version: '1' }],
      })
    })

    it('gives what this gateway writes', async () => {
      const { models } = registry.writes ?? {}
      await models?.create(
        { name: 'own model', description: null, tags: [], idempotencyKey: null },
        newCall(),
      )
      there.add('own model')
      expect(await listed()).toEqual(inOrder(there))
      await models?.rename?.('own model', 'Own model', newCall())
      there.delete('own model')
      there.add('Own model')
      expect(await listed()).toEqual(inOrder(there))
    })

    it('gives one that has the time of another, and one that is dated long ago', async () => {
      await create('same time')
      await client.query(
        `update registered_models set last_updated_time =
          (select max(last_updated_time) from registered_models where name <> 'same time') where name = 'same time'`,
      )
      expect(await listed()).toEqual(inOrder(there))
      await create('long ago')
      await client.query(`update registered_models set last_updated_time = 1000 where name = 'long ago'`)
      expect(await listed()).toEqual(inOrder(there))
    })

    it('gives after random writes what is there', async () => {
      const pick = <T>(items: readonly T[]): T => items[randomInt(items.length)] as T
      for (let round = 0; round < 12; round++) {
        for (let n = 0; n < 3; n++) {
          const kind = pick(['create', 'create', 'rename', 'delete'] as const)
          const name = `${pick(['x', 'Y', 'é', '_', '1'])}${round}-${n}`
          if (kind === 'create') await create(name)
          if (kind === 'rename') await rename(pick([...there]), name)
          if (kind === 'delete' && there.size > 5) await remove(pick([...there]))
        }
        expect(await listed(pick([2, 5, 100]))).toEqual(inOrder(there))
      }
    })
  })
})
