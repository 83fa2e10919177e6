import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { beforeEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../../src/contract/index.ts'
import { settleIntents } from '../../../src/federation/clean-up/settle-intents.ts'
import { carryOut } from '../../../src/federation/commands/carry-out.ts'
import { InputError } from '../../../src/federation/errors/input-error.ts'
import type { Command } from '../../../src/federation/records/command.ts'
import { fullAccess } from '../../../src/federation/session/access.ts'
import type { Gate } from '../../../src/federation/session/gate.ts'
import { KeptJournal } from '../doubles/kept-journal.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

let registry: PlainRegistry
let journal: KeptJournal

beforeEach(() => {
  registry = new PlainRegistry()
  registry.addVersion('m', { 'a.txt': 'one' })
  registry.addVersion('m', { 'a.txt': 'two' })
  registry.store.models.get('m')?.aliases.set('champion', '1')
  journal = new KeptJournal()
})

const open = (options: Parameters<typeof openFederation>[1] = {}) =>
  openFederation({ main: registry }, { journal, ...options })

const model = { kind: 'key', registry: 'main', name: 'm' } as const
const setChampion: Command = {
  operation: 'setAlias',
  model,
  alias: 'champion',
  version: '2',
  expectedVersion: '1',
  onlyIfUnset: false,
}
const createModel: Command = {
  operation: 'createModel',
  registry: 'main',
  name: 'new',
  description: null,
  tags: [],
  idempotencyKey: 'key',
}

const champion = () => registry.store.models.get('m')?.aliases.get('champion')

describe('a command', () => {
  it('can be kept as JSON and carried out later', async () => {
    const kept = JSON.parse(JSON.stringify(setChampion)) as Command
    expect(await carryOut(openSession(open()), kept)).toEqual({
      registry: 'main',
      model: 'm',
      alias: 'champion',
      previousVersion: '1',
    })
    expect(champion()).toBe('2')
  })

  it('is noted before the adapter is asked, and announced with what it did', async () => {
    registry.meddle = (operation, write) => {
      journal.steps.push(operation)
      return write()
    }
    const caller = { principal: 'ann', groups: [] }
    await carryOut(openSession(open(), { caller, requestId: 'r-1' }), setChampion)
    expect(journal.steps).toEqual(['begin setAlias', 'aliases.set', 'end'])
    expect(journal.announced).toEqual([
      {
        caller: 'ann',
        requestId: 'r-1',
        command: setChampion,
        facts: {
          operation: 'setAlias',
          registry: 'main',
          model: 'm',
          alias: { name: 'champion', from: '1', to: '2' },
        },
      },
    ])
  })

  it('that writes nothing leaves no note', async () => {
    await expect(
      carryOut(openSession(open()), { ...setChampion, expectedVersion: '2' } as Command),
    ).rejects.toMatchObject({ error: { code: 'CONFLICT' } })
    expect(journal.steps).toEqual(['begin setAlias', 'nothing written'])
  })

  it('whose end nobody has seen is noted until somebody says so, once', async () => {
    registry.meddle = async (_, write) => {
      await write()
      throw new RegistryError('REGISTRY_TIMEOUT', 'Too late.')
    }
    const said: object[] = []
    const log = { debug() {}, info() {}, error() {}, warn: (what: object) => said.push(what) }
    const federation = open({ log })
    await expect(carryOut(openSession(federation), setChampion)).rejects.toThrow('Too late.')
    expect([...journal.open.values()]).toMatchObject([{ command: setChampion, target: { model: 'm' } }])
    said.length = 0
    await settleIntents(federation, new AbortController().signal)
    expect(said).toMatchObject([{ operation: 'setAlias', registry: 'main', model: 'm' }])
    expect(journal.open.size).toBe(0)
  })

  it('that is answered from its key is announced once', async () => {
    const federation = open()
    await carryOut(openSession(federation), createModel)
    await carryOut(openSession(federation), createModel)
    expect(journal.steps).toEqual(['begin createModel', 'end'])
  })

  it('has a way for every mutation of the schema', async () => {
    const folder = new URL('../../../schema/', import.meta.url)
    const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'))
    const text = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
    const mutations = Object.keys(buildSchema(text).getMutationType()?.getFields() ?? {})
    expect(mutations.length).toBeGreaterThan(10)
    for (const operation of mutations) {
      const command = { operation, model: { kind: 'id', id: '' } } as unknown as Command
      await expect(carryOut(openSession(open()), command)).rejects.not.toThrow('is not a function')
    }
  })
})

describe('access', () => {
  const onlyOthers = {
    ...fullAccess,
    isRestricted: true,
    admits: (_: string, name: string) => name !== 'm',
    nameFilter: () => null,
    assertMayWrite: async () => {},
  }

  it('makes what is not admitted absent from every read', async () => {
    const session = openSession(open(), { access: onlyOthers })
    const main = session.registry('main')
    expect(await main.model('m')).toBeNull()
    expect(await main.version({ model: 'm', version: '1' })).toBeNull()
    expect(await main.holderOfAlias({ model: 'm', alias: 'champion' })).toBeNull()
    expect(await main.latestVersions('m')).toBeNull()
    expect(await main.versionsOfModel('m', 10)).toBeNull()
  })

  it('is asked before a write, with what it is about, and the registry is not', async () => {
    const asked: unknown[] = []
    const access = {
      ...onlyOthers,
      async assertMayWrite(command: Command, target: object) {
        asked.push(command.operation, target)
        throw new InputError('model', 'Not yours.')
      },
    }
    await expect(carryOut(openSession(open(), { access }), setChampion)).rejects.toThrow('Not yours.')
    await expect(carryOut(openSession(open(), { access }), createModel)).rejects.toThrow('Not yours.')
    expect(asked).toEqual([
      'setAlias',
      { registry: 'main', model: 'm' },
      'createModel',
      { registry: 'main', model: 'new' },
    ])
    expect(registry.writes).toEqual([])
    expect(journal.steps).toEqual([])
  })
})

describe('the gate', () => {
  const closed = (assertOpen: Gate['assertOpen']): Gate => ({
    concerns: (operation) => operation === 'setAlias' || operation === 'createModelVersion',
    assertOpen,
  })

  it.each(['NATIVE', 'NONE'] as const)(
    'is asked in the turn of the model, on a registry whose compareAndSet is %s',
    async (level) => {
      registry.compareAndSet = level
      const seen: unknown[] = []
      const gate = closed(async (command, target, look) => {
        seen.push(command.operation, target, (await look('main').model('m'))?.aliases)
        throw new InputError('version', 'Not approved.')
      })
      await expect(carryOut(openSession(open({ gate })), setChampion)).rejects.toThrow('Not approved.')
      expect(seen).toEqual([
        'setAlias',
        { registry: 'main', model: 'm' },
        [{ name: 'champion', version: '1' }],
      ])
      expect(champion()).toBe('1')
      expect(journal.steps).toEqual(['begin setAlias', 'nothing written'])
    },
  )

  it('lets two writers through one after the other, so that what it saw still holds', async () => {
    registry.compareAndSet = 'NATIVE'
    const rows: string[] = []
    const gate = closed(async (_, __, look) => {
      const before = (await look('main').model('m'))?.aliases[0]?.version
      rows.push(`saw ${before}`)
      await new Promise((later) => setTimeout(later, 5))
    })
    const federation = open({ gate })
    const to = (version: string): Command => ({ ...setChampion, version, expectedVersion: null }) as Command
    await Promise.all(['2', '1', '2'].map((version) => carryOut(openSession(federation), to(version))))
    expect(rows).toEqual(['saw 1', 'saw 2', 'saw 1'])
  })

  it('keeps a version from being made, and the model that would be made for it', async () => {
    const gate = closed(async () => {
      throw new InputError('model', 'Not approved.')
    })
    const command: Command = {
      operation: 'createModelVersion',
      model: { ...model, name: 'new' },
      createModel: true,
      source: 's3://bucket/a',
      runId: null,
      description: null,
      tags: [],
      idempotencyKey: null,
    }
    await expect(carryOut(openSession(open({ gate })), command)).rejects.toThrow('Not approved.')
    expect(registry.store.models.has('new')).toBe(false)
    expect(registry.writes).toEqual([])
  })
})

describe('a handle', () => {
  it('stays true when the request has its time anew', async () => {
    const session = openSession(open())
    const held = session.registry('main')
    expect((await held.model('m'))?.aliases).toMatchObject([{ version: '1' }])
    await carryOut(session, setChampion)
    expect(session.registry('main')).toBe(held)
    session.renew()
    expect(held.signal.aborted).toBe(false)
    expect((await held.model('m'))?.aliases).toMatchObject([{ version: '2' }])
  })
})
