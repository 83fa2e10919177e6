import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../../src/contract/index.ts'
import { carryOut } from '../../../src/federation/commands/carry-out.ts'
import { InputError } from '../../../src/federation/errors/input-error.ts'
import type { Command } from '../../../src/federation/records/command.ts'
import type { Gate } from '../../../src/federation/session/gate.ts'
import type { WriteCoordination } from '../../../src/federation/session/write-coordination.ts'
import { createInMemoryCoordination } from '../doubles/in-memory-coordination.ts'
import { KeptJournal } from '../doubles/kept-journal.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

let main: PlainRegistry
let other: PlainRegistry
let journal: KeptJournal

beforeEach(() => {
  main = new PlainRegistry()
  other = new PlainRegistry()
  for (const registry of [main, other]) registry.addVersion('m', { 'a.txt': 'one' })
  journal = new KeptJournal()
})

const open = (options: Parameters<typeof openFederation>[1] = {}) =>
  openFederation({ main, other }, { journal, ...options })

const setAlias: Command = {
  operation: 'setAlias',
  model: { kind: 'key', registry: 'main', name: 'm' },
  alias: 'champion',
  version: '1',
  expectedVersion: null,
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
const createVersion: Command = {
  operation: 'createModelVersion',
  model: { kind: 'key', registry: 'main', name: 'new' },
  createModel: true,
  source: 's3://bucket/a',
  runId: null,
  description: null,
  tags: [],
  idempotencyKey: 'key',
}
const copyFiles: Command = {
  operation: 'copyModelVersion',
  source: { kind: 'key', registry: 'other', model: 'm', version: '1' },
  destination: { registry: 'main', name: 'new' },
  artifacts: 'COPY',
  tags: [],
  idempotencyKey: 'key',
}
const commands = [createModel, createVersion, copyFiles].map(
  (command) => [command.operation, command] as const,
)

const gateThat = (assertOpen: () => Promise<void>): Gate => ({ concerns: () => true, assertOpen })

describe('a write that has no time left', () => {
  it.each(['the note of it', 'the gate'])('because of %s is not begun', async (cause) => {
    const dawdle = () => wait(150)
    main.compareAndSet = 'NATIVE'
    if (cause !== 'the gate') journal.beforeBegin = dawdle
    const gate = cause === 'the gate' ? gateThat(dawdle) : undefined
    const federation = open({ settings: { timeoutMs: 100 }, ...(gate && { gate }) })
    await expect(carryOut(openSession(federation), setAlias)).rejects.toMatchObject({
      code: 'REGISTRY_TIMEOUT',
      nothingWritten: true,
    })
    expect(main.writes).toEqual([])
    expect(journal.open.size).toBe(0)
  })
})

it('a gate that never answers keeps nobody from the model', async () => {
  const answers = [new Promise<void>(() => {}), Promise.resolve()]
  const gate = gateThat(async () => answers.shift())
  const federation = open({ gate, settings: { timeoutMs: 100 } })
  const tries = [1, 2].map(() => carryOut(openSession(federation), setAlias))
  await expect(tries[0]).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })
  expect(await tries[1]).toMatchObject({ alias: 'champion' })
  expect(main.writes).toEqual(['aliases.set'])
})

it('waits for its note no longer than the request has time', async () => {
  const session = openSession(open(), { deadlineMs: 700 })
  await carryOut(session, setAlias)
  expect(journal.waits).toEqual([700])
})

describe('a write before which something could not be read', () => {
  it.each(commands)('for the gate has written nothing: %s', async (_, command) => {
    let isAway = true
    const { adapter } = other
    const get: typeof adapter.models.get = async (names, call) => {
      if (isAway) throw new RegistryError('REGISTRY_ERROR', 'Away.')
      return adapter.models.get(names, call)
    }
    const gate: Gate = {
      concerns: () => true,
      async assertOpen(_command, _target, registry) {
        await registry('other').model('m')
      },
    }
    const looked = { adapter: { ...adapter, models: { ...adapter.models, get } } }
    const federation = openFederation({ main, other: looked }, { journal, gate })
    await expect(carryOut(openSession(federation), command)).rejects.toMatchObject({
      message: 'Away.',
      registry: 'other',
      nothingWritten: true,
    })
    expect(main.writes).toEqual([])
    expect(journal.open.size).toBe(0)
    isAway = false
    const another = { ...command, ...(command.operation === 'createModel' && { name: 'second' }) } as Command
    await carryOut(openSession(federation), another)
    expect(journal.announced).toHaveLength(1)
  })

  it('of its own model has written nothing', async () => {
    const { adapter } = main
    const get: typeof adapter.models.get = async () => {
      throw new RegistryError('REGISTRY_ERROR', 'Away.')
    }
    const federation = openFederation(
      { main: { adapter: { ...adapter, models: { ...adapter.models, get } } } },
      { journal },
    )
    const command = { ...createVersion, idempotencyKey: null } as Command
    await expect(carryOut(openSession(federation), command)).rejects.toMatchObject({ nothingWritten: true })
    expect(main.writes).toEqual([])
    expect(journal.open.size).toBe(0)
  })
})

describe('a copy of files', () => {
  it('does not stand still while it waits for the gate, which is asked before each of its two steps', async () => {
    let asked = 0
    const gate = gateThat(async () => {
      asked++
      await wait(150)
    })
    const federation = open({ gate, copyStallMs: 50 })
    expect(await carryOut(openSession(federation), copyFiles)).toMatchObject({ model: 'new', version: '1' })
    expect(asked).toBe(2)
  })

  it('takes everything away again when the gate closes after the first', async () => {
    let asked = 0
    const gate = gateThat(async () => {
      if (++asked === 2) throw new InputError('source', 'No more.')
    })
    const federation = open({ gate })
    const before = main.movedFiles.length
    await expect(carryOut(openSession(federation), copyFiles)).rejects.toThrow('No more.')
    expect(main.store.models.has('new')).toBe(false)
    expect(main.movedFiles).toHaveLength(before)
    expect(await federation.coordination.cleanUps.list()).toEqual([])
    expect(journal.open.size).toBe(0)
  })
})

it.each([
  ['createModel', createModel, 'models.create'],
  ['createModelVersion', createVersion, 'versions.create'],
] as const)('what is found done under its key is announced: %s', async (_, command, step) => {
  main.meddle = async (operation, write) => {
    const result = await write()
    if (operation === step) throw new RegistryError('REGISTRY_TIMEOUT', 'Too late.')
    return result
  }
  const federation = open()
  await expect(carryOut(openSession(federation), command)).rejects.toThrow('Too late.')
  expect(journal.announced).toEqual([])
  for (const _try of ['finds it', 'knows it']) await carryOut(openSession(federation), command)
  expect(journal.announced).toMatchObject([{ facts: { operation: command.operation, isReplay: true } }])
  expect(main.count(step)).toBe(1)
})

it('the ends of writes are noted also where a registry does not close', async () => {
  const close = async () => {
    throw new Error('Stuck.')
  }
  const federation = openFederation({ main: { adapter: { ...main.adapter, close } } }, { journal })
  await expect(federation.close()).rejects.toThrow('Stuck.')
  expect(journal.isClosed).toBe(true)
})

it.each(commands)(
  '%s that loses its key before it begins says that another try may have written',
  async (_, command) => {
    const lost = new AbortController()
    const { leases, ...others } = createInMemoryCoordination()
    const coordination: WriteCoordination = {
      ...others,
      leases: {
        run: (name, waitMs, work) =>
          leases.run(name, waitMs, (held) => work(name.startsWith('idempotency') ? lost.signal : held)),
      },
    }
    journal.beforeBegin = async () =>
      lost.abort(new RegistryError('REGISTRY_TIMEOUT', 'Another may have come in between.'))
    await expect(carryOut(openSession(open({ coordination })), command)).rejects.toThrow(
      /^Another may have come in between\. Whether it was written by another try is not known\. Ask again with the same/,
    )
    expect(main.writes).toEqual([])
  },
)
