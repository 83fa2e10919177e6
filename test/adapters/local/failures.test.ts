import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RegistryError } from '../../../src/contract/index.ts'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { createFileSource, memory, openFrom, silent } from '../../state/database-source.ts'
import { holdWriteLock } from '../../state/sqlite/held-file.ts'
import { newCall } from '../counted-call.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

describe('what goes wrong with the database', () => {
  let database: GatewayDatabase
  let registry: OpenRegistry
  beforeEach(async () => {
    database = await openFrom(memory)
    registry = await openRegistry(database)
  })
  afterEach(() => database.close())

  test('is told without its words', async () => {
    await sql`drop table local_alias`.execute(database.queries)
    const error = await registry.adapter.models.get(['m'], newCall()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'REGISTRY_ERROR', retryable: false, cause: expect.any(Error) })
    expect((error as RegistryError).message).toBe('The database of the registry "registry" failed.')
    await registry.store.models.create({ name: 'm' })
    await expect(registry.store.aliases.set({ model: 'm', alias: 'a' }, '1')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await registry.store.versions.create({ model: 'm' })
    await expect(registry.store.aliases.set({ model: 'm', alias: 'a' }, '1')).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
    })
  })

  test('is told as unavailable once it is closed', async () => {
    await database.close()
    await expect(registry.adapter.health(newCall())).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
    })
    await expect(registry.store.models.create({ name: 'm' })).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    })
  })

  test('closing a registry leaves the database to the others', async () => {
    const other = await openRegistry(database, 'other')
    await registry.adapter.close()
    await registry.adapter.close()
    const call = newCall()
    await expect(registry.adapter.models.get(['m'], call)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    })
    expect(call.requests).toBe(0)
    expect(await other.adapter.models.get(['m'], newCall())).toEqual([null])
  })
})

test('a file that another process holds is unavailable to writes until their deadline, and free again later', async () => {
  const files = createFileSource()
  const url = await files.createUrl()
  const database = await openGatewayDatabase(url, { log: silent })
  const { adapter } = await openRegistry(database)
  const create = (name: string, milliseconds: number) => {
    const call = Object.assign(newCall(), { deadline: Date.now() + milliseconds })
    const model = { name, description: null, tags: [], idempotencyKey: null }
    return adapter.writes?.models.create?.(model, call)
  }
  const lock = holdWriteLock(url)
  await expect(create('m', 300)).rejects.toMatchObject({
    code: 'REGISTRY_UNAVAILABLE',
    retryable: true,
    nothingWritten: true,
    message: expect.stringContaining('Nothing was written'),
  })
  expect(await adapter.models.get(['m'], newCall())).toEqual([null])
  lock.letGo()
  await create('n', 10_000)
  expect(await adapter.models.get(['m', 'n'], newCall())).toMatchObject([null, { name: 'n' }])
  await database.close()
  await files.dispose()
})
