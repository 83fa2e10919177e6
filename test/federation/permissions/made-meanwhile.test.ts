import { expect, it } from 'vitest'
import { type PermissionSettings, Permissions } from '../../../src/federation/permissions/permissions.ts'
import { createVersion } from '../doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from '../doubles/in-memory-coordination.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

const settings: PermissionSettings = {
  administrators: [],
  default: 'READ',
  anonymous: 'NO_PERMISSIONS',
  grants: [],
}
const nothing = { revision: async () => 0, changes: async () => ({ revision: 0, isAll: true, changes: [] }) }
const store = { ...nothing, change: async () => null, begin: async () => {}, move: async () => {} }
const silent = { debug() {}, info() {}, warn() {}, error() {} }

it('adds no version to a model that somebody else has made since it was not there', async () => {
  const registry = new PlainRegistry()
  const coordination = createInMemoryCoordination()
  const { leases } = coordination
  const makeFirst: typeof leases.run = (name, waitMs, work) => {
    if (name.startsWith('write ')) registry.addVersion('m', {})
    return leases.run(name, waitMs, work)
  }
  const federation = openFederation(
    { main: registry },
    { coordination: { ...coordination, leases: { run: makeFirst } } },
  )
  const permissions = new Permissions(settings, store, silent)
  await permissions.look()
  const caller = { principal: 'user:ann', groups: [] }
  const access = await permissions.accessOf({ ...caller, isSignedIn: true })
  const wish = {
    model: { kind: 'key', registry: 'main', name: 'm' },
    createModel: true,
    source: 's3://bucket/m',
    runId: null,
    description: null,
    tags: [],
    idempotencyKey: null,
  } as const
  await expect(createVersion(openSession(federation, { caller, access }), wish)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    nothingWritten: true,
  })
  expect(registry.versionsOf('m')).toHaveLength(1)
  expect(registry.writes).toEqual([])
})
