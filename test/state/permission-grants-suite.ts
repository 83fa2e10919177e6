import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asking } from '../../src/federation/permissions/caller-access.ts'
import { type PermissionSettings, Permissions } from '../../src/federation/permissions/permissions.ts'
import type { Grant } from '../../src/federation/records/permission.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { PermissionGrants } from '../../src/state/permissions/permission-grants.ts'
import { type DatabaseSource, silent } from './database-source.ts'

const settings: PermissionSettings = {
  administrators: ['group:platform'],
  default: 'NO_PERMISSIONS',
  anonymous: 'READ',
  grants: [{ registry: '*', model: 'ours*', principal: 'user:ann', permission: 'READ', place: 'grants[0]' }],
}
const ann: Asking = { principal: 'user:ann', groups: [], isSignedIn: true }

/** Of a database that can be opened more than once. */
export function describePermissionGrants(source: DatabaseSource): void {
  describe(`grants on ${source.name}`, () => {
    const databases: GatewayDatabase[] = []
    const opened: Permissions[] = []
    let url: string

    const openStore = async () => {
      const database = await openGatewayDatabase(url, { log: silent })
      databases.push(database)
      return new PermissionGrants(database)
    }
    /** As each gateway has one. */
    const open = async () => {
      const permissions = new Permissions(settings, await openStore(), silent)
      await permissions.start()
      opened.push(permissions)
      return permissions
    }
    const levelOf = async (permissions: Permissions, model: string, asking = ann) =>
      (await permissions.accessOf(asking)).levelOf('prod', model)

    beforeEach(async () => {
      url = await source.createUrl()
    })
    afterEach(async () => {
      for (const permissions of opened.splice(0)) await permissions.close()
      for (const database of databases.splice(0)) await database.close()
    })
    afterAll(() => source.dispose())

    test('hold on another gateway within a second, and so does that they are taken away', async () => {
      const [one, other] = [await open(), await open()]
      const key = { registry: 'prod', model: 'ключ 🚀', principal: 'user:ann' }
      expect(await levelOf(one, key.model)).toBe('NO_PERMISSIONS')
      expect(await one.set({ ...key, permission: 'EDIT' })).toBeNull()
      expect(await levelOf(one, key.model)).toBe('EDIT')
      await wait(1000)
      expect(await levelOf(other, key.model)).toBe('EDIT')
      expect(await other.set({ ...key, permission: 'READ' })).toBe('EDIT')
      expect(await other.remove(key)).toBe('READ')
      expect(await other.remove(key)).toBeNull()
      await wait(1000)
      expect(await levelOf(one, key.model)).toBe('NO_PERMISSIONS')
      expect(one.revision).toBe(other.revision)
    })

    test('of whoever made a model follow it, end with it, and leave nothing to the next of its name', async () => {
      const one = await open()
      const bob: Grant = { registry: 'prod', model: 'a\\*', principal: 'user:bob', permission: 'READ' }
      const made = async () =>
        (await one.list())
          .filter(({ registry }) => registry !== '*')
          .map(({ model, principal, permission }) => `${model} ${principal} ${permission}`)
      await one.made('prod', 'a*', 'user:ann')
      await one.set(bob)
      expect(await made()).toEqual(['a\\* user:ann MANAGE', 'a\\* user:bob READ'])
      expect(await levelOf(one, 'ab')).toBe('NO_PERMISSIONS')
      await one.renamed('prod', 'a*', 'b')
      expect(await made()).toEqual(['b user:ann MANAGE', 'b user:bob READ'])
      expect(await levelOf(one, 'a*')).toBe('NO_PERMISSIONS')
      await one.made('prod', 'c', 'user:ann')
      await one.made('dev', 'b', 'user:ann')
      await one.renamed('prod', 'c', 'b')
      expect(await made()).toEqual(['b user:ann MANAGE', 'b user:ann MANAGE'])
      await one.ended('prod', 'b')
      expect(await made()).toEqual(['b user:ann MANAGE'])
      await one.made('dev', 'b', null)
      expect(await made()).toEqual([])
    })

    test('count nothing up where nothing is granted', async () => {
      const store = await openStore()
      await store.begin({ registry: 'prod', model: 'm' }, null)
      await store.move({ registry: 'prod', model: 'm' }, { registry: 'prod', model: 'n' })
      await store.change({ registry: 'prod', model: 'm', principal: 'user:ann' }, null)
      expect((await store.changes(null)).changes).toEqual([])
    })

    test('made by many at once have each a revision, and nobody misses one', async () => {
      const stores = [await openStore(), await openStore()]
      const watcher = await open()
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          stores[index % 2]?.change(
            { registry: 'prod', model: `m${index}`, principal: 'user:ann' },
            'MANAGE',
          ),
        ),
      )
      await watcher.look()
      expect(watcher.revision).toBe(20)
      expect((await watcher.list()).length).toBe(20 + settings.grants.length)
    })

    test('of the configuration go before those of the database at the same place', async () => {
      const one = await open()
      const key = { registry: '*', model: 'ours*', principal: 'user:ann' }
      expect(one.placeOf(key)).toBe('grants[0]')
      await (await openStore()).change(key, 'MANAGE')
      await one.look()
      expect(await levelOf(one, 'ours-1')).toBe('READ')
      await (await openStore()).change(key, null)
      await one.look()
      expect(await levelOf(one, 'ours-1')).toBe('READ')
    })

    test('say nothing of administrators, and let who is not signed in do what everybody may at most', async () => {
      const one = await open()
      const boss = { principal: 'user:boss', groups: ['group:platform'], isSignedIn: true }
      const nobody = { principal: 'user:anonymous', groups: [], isSignedIn: false }
      await one.set({ registry: '*', model: '*', principal: 'user:boss', permission: 'NO_PERMISSIONS' })
      await one.set({ registry: 'prod', model: 'm', principal: 'user:anonymous', permission: 'MANAGE' })
      expect(await levelOf(one, 'm', boss)).toBe('MANAGE')
      expect(await levelOf(one, 'm', nobody)).toBe('READ')
      expect(await levelOf(one, 'n', nobody)).toBe('NO_PERMISSIONS')
    })

    test('are a key of their own for each caller and each change', async () => {
      const one = await open()
      const viewKey = async (asking: Asking) => (await one.accessOf(asking)).viewKey
      const keys = [await viewKey(ann), await viewKey({ ...ann, groups: ['group:a'] })]
      expect(await viewKey(ann)).toBe(keys[0])
      await one.set({ registry: 'prod', model: 'm', principal: 'user:bob', permission: 'READ' })
      keys.push(await viewKey(ann), await viewKey({ ...ann, isSignedIn: false }))
      expect(new Set(keys).size).toBe(keys.length)
    })
  })
}
