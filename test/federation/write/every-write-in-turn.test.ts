import { beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../src/federation/session/session.ts'
import type { WriteCoordination } from '../../../src/federation/session/write-coordination.ts'
import * as models from '../doubles/carry-out-by-name.ts'
import * as versions from '../doubles/carry-out-by-name.ts'
import {
  assignAliasToStage,
  copyVersion,
  createVersion,
  deleteAlias,
  setAlias,
  transitionStage,
} from '../doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from '../doubles/in-memory-coordination.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

let plain: PlainRegistry
beforeEach(() => {
  plain = new PlainRegistry()
  plain.addVersion('m', { 'a.txt': 'one' })
  plain.store.models.get('m')?.aliases.set('champion', '1')
})

const model = { kind: 'key', registry: 'plain', name: 'm' } as const
const version = { kind: 'key', registry: 'plain', model: 'm', version: '1' } as const
const tags = [{ key: 'team', value: 'fraud' }]
const newModel = { registry: 'plain', name: 'new', description: null, tags, idempotencyKey: 'key' }
const newVersion = {
  source: 's3://bucket/new',
  runId: null,
  description: null,
  tags,
  idempotencyKey: 'key',
  createModel: true,
}
const copyOf = (registry: string, artifacts: 'COPY' | 'REFERENCE') => ({
  source: { ...version, registry },
  destination: { registry: 'plain', name: 'copy' },
  artifacts,
  tags: [],
  idempotencyKey: 'key',
})

type Command = readonly [name: string, run: (session: Session) => Promise<unknown>, model: string]

const commands: readonly Command[] = [
  ['createModel', (session) => models.createModel(session, newModel), 'new'],
  ['describeModel', (session) => models.describeModel(session, model, 'text'), 'm'],
  ['setModelTags', (session) => models.setModelTags(session, model, tags), 'm'],
  ['deleteModelTags', (session) => models.deleteModelTags(session, model, ['team']), 'm'],
  ['renameModel', (session) => models.renameModel(session, model, 'a-new-name'), 'm'],
  ['deleteModel', (session) => models.deleteModel(session, model), 'm'],
  ['describeVersion', (session) => versions.describeVersion(session, version, 'text'), 'm'],
  ['setVersionTags', (session) => versions.setVersionTags(session, version, tags), 'm'],
  ['deleteVersionTags', (session) => versions.deleteVersionTags(session, version, ['team']), 'm'],
  ['deleteVersion', (session) => versions.deleteVersion(session, version), 'm'],
  [
    'setAlias',
    (session) =>
      setAlias(session, { model, alias: 'a', version: '1', expectedVersion: null, onlyIfUnset: false }),
    'm',
  ],
  [
    'deleteAlias',
    (session) => deleteAlias(session, { model, alias: 'champion', expectedVersion: null }),
    'm',
  ],
  ['assignAliasToStage', (session) => assignAliasToStage(session, { model, alias: 'a', stage: 'None' }), 'm'],
  [
    'transitionStage',
    (session) =>
      transitionStage(session, {
        version,
        stage: 'Production',
        archiveExisting: true,
        expectedStage: null,
        comment: null,
      }),
    'm',
  ],
  [
    'createVersion with its model',
    (session) => createVersion(session, { ...newVersion, model: { ...model, name: 'new' } }),
    'new',
  ],
  ['copyVersion within', (session) => copyVersion(session, copyOf('plain', 'REFERENCE')), 'copy'],
  ['copyVersion by reference', (session) => copyVersion(session, copyOf('other', 'REFERENCE')), 'copy'],
  ['copyVersion with its files', (session) => copyVersion(session, copyOf('other', 'COPY')), 'copy'],
]

/** Leases as the gateway's database gives them, which say what is held, and are not given twice to a command. */
function watchedCoordination(held: Set<string>): WriteCoordination {
  const { leases, records, cleanUps } = createInMemoryCoordination()
  return {
    records,
    cleanUps,
    leases: {
      run: (name, waitMs, work) => {
        if (held.has(name)) throw new Error(`${name} is asked for by who has it`)
        return leases.run(name, waitMs, async (lost) => {
          held.add(name)
          return work(lost).finally(() => held.delete(name))
        })
      },
    },
  }
}

describe('on a registry that cannot compare and write in one step', () => {
  it.each(commands)('%s writes as the one writer of its model', async (_, run, name) => {
    const held = new Set<string>()
    const other = new PlainRegistry()
    other.addVersion('m', { 'a.txt': 'one' })
    const federation = openFederation({ plain, other }, { coordination: watchedCoordination(held) })
    const rights: string[][] = []
    plain.meddle = (_operation, write) => {
      rights.push([...held].filter((lease) => lease.startsWith('write ')))
      return write()
    }
    await run(openSession(federation))
    expect(rights.length).toBeGreaterThan(0)
    expect(rights).toEqual(rights.map(() => [`write ["plain",${JSON.stringify(name)}]`]))
    expect(held).toEqual(new Set())
  })

  it('two gateways lose no tag where the adapter reads all tags and writes them whole', async () => {
    const coordination = createInMemoryCoordination()
    const gateways = [0, 1].map(() => openFederation({ plain: wholeTags(plain) }, { coordination }))
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`)
    await Promise.all(
      keys.map((key, index) => {
        const federation = gateways[index % 2]
        if (federation === undefined) throw new Error('there are two')
        return models.setModelTags(openSession(federation), model, [{ key, value: '' }])
      }),
    )
    expect([...(plain.store.models.get('m')?.tags.keys() ?? [])].toSorted()).toEqual(keys.toSorted())
  })
})

/** A plug-in over a backend like Azure ML's. */
function wholeTags(registry: PlainRegistry) {
  const { adapter } = registry
  const { writes } = adapter
  if (writes === undefined) throw new Error('it can be written to')
  const setTags: typeof writes.models.setTags = async (name, added) => {
    const before = [...(registry.store.models.get(name)?.tags ?? [])]
    await new Promise((later) => setTimeout(later, 2))
    const row = registry.store.models.get(name)
    const all = [...before, ...added.map(({ key, value }) => [key, value] as const)]
    if (row) registry.store.models.set(name, { ...row, tags: new Map(all) })
  }
  return { adapter: { ...adapter, writes: { ...writes, models: { ...writes.models, setTags } } } }
}
