import { expect, it } from 'vitest'
import { Permissions } from '../../../src/federation/permissions/permissions.ts'
import { createVersion, deleteModel, describeModel } from '../doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from '../doubles/in-memory-coordination.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const model = { kind: 'key', registry: 'main', name: 'm' } as const
const version = {
  model,
  createModel: false,
  source: 's3://bucket/m',
  runId: null,
  description: null,
  tags: [],
  idempotencyKey: null,
}

/** The permission on the model is another one by the time that the write has its turn. */
async function openWaiting(later: 'READ' | 'NO_PERMISSIONS') {
  let revision = 0
  const key = { registry: 'main', model: 'm', principal: 'user:ann' }
  const store = {
    revision: async () => revision,
    changes: async () => ({
      revision,
      isAll: true,
      changes: [{ ...key, permission: revision === 0 ? 'MANAGE' : later }],
    }),
    change: async () => null,
    begin: async () => {},
    move: async () => {},
  }
  const settings = {
    administrators: [],
    default: 'NO_PERMISSIONS',
    anonymous: 'NO_PERMISSIONS',
    grants: [],
  } as const
  const permissions = new Permissions(settings, store, silent)
  await permissions.look()
  const registry = new PlainRegistry()
  registry.addVersion('m', {})
  const coordination = createInMemoryCoordination()
  const { leases } = coordination
  const waitFirst: typeof leases.run = async (name, waitMs, work) => {
    if (name.startsWith('write ')) {
      revision = 1
      await permissions.look()
    }
    return leases.run(name, waitMs, work)
  }
  const federation = openFederation(
    { main: registry },
    { coordination: { ...coordination, leases: { run: waitFirst } } },
  )
  const caller = { principal: 'user:ann', groups: [] }
  const access = await permissions.accessOf({ ...caller, isSignedIn: true })
  return { registry, session: openSession(federation, { caller, access }) }
}

it.each([
  ['a description', (session) => describeModel(session, model, 'x')],
  ['an end of a model', (session) => deleteModel(session, model)],
  ['a version', (session) => createVersion(session, version)],
] satisfies [string, (session: Awaited<ReturnType<typeof openWaiting>>['session']) => Promise<unknown>][])(
  'writes nothing for whom it was taken from while it waited for its turn: %s',
  async (_, write) => {
    for (const [later, code] of [
      ['READ', 'FORBIDDEN'],
      ['NO_PERMISSIONS', 'NOT_FOUND'],
    ] as const) {
      const { registry, session } = await openWaiting(later)
      await expect(write(session)).rejects.toMatchObject({ code, nothingWritten: true })
      expect(registry.writes).toEqual([])
      expect(registry.versionsOf('m')).toHaveLength(1)
    }
  },
)
