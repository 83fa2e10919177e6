import { beforeEach, describe, expect, it } from 'vitest'
import type { Federation } from '../../../src/federation/session/federation.ts'
import {
  assignAliasToStage,
  deleteModel,
  describeModel,
  describeVersion,
  setAlias,
  setModelTags,
  setVersionTags,
  transitionStage,
} from '../doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from '../doubles/in-memory-coordination.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

const model = { kind: 'key', registry: 'main', name: 'm' } as const
const versionOf = (version: string) => ({ kind: 'key', registry: 'main', model: 'm', version }) as const

let registry: PlainRegistry
let federation: Federation
let asked: string[]
/** Called whenever somebody asks for a turn. */
let onAsked: () => void

beforeEach(() => {
  registry = new PlainRegistry()
  registry.addVersion('m', {}, { stage: 'Production' })
  registry.addVersion('m', {})
  asked = []
  onAsked = () => {}
  const { leases, records, cleanUps } = createInMemoryCoordination()
  const coordination = {
    records,
    cleanUps,
    leases: {
      run: <T>(name: string, waitMs: number, work: (lost: AbortSignal) => Promise<T>) => {
        asked.push(name)
        onAsked()
        return leases.run(name, waitMs, work)
      },
    },
  }
  federation = openFederation({ main: registry }, { coordination })
})

const promote = (version: string) =>
  transitionStage(openSession(federation), {
    version: versionOf(version),
    stage: 'Production',
    archiveExisting: true,
    expectedStage: null,
    comment: null,
  })
const point = () =>
  assignAliasToStage(openSession(federation), { model, stage: 'Production', alias: 'champion' })

describe.each(['NATIVE', 'NONE'] as const)('with compareAndSet: %s', (compareAndSet) => {
  beforeEach(() => {
    registry.compareAndSet = compareAndSet
  })

  it('an alias is pointed to a stage before a version that moves there, or after it', async () => {
    let promoting: Promise<unknown> = Promise.resolve()
    let wasInProduction: string | undefined
    registry.meddle = async (operation, write) => {
      if (operation !== 'aliases.set') return write()
      registry.meddle = (_, others) => others()
      const waits = new Promise<void>((resolve) => {
        onAsked = resolve
      })
      promoting = promote('2')
      await Promise.race([promoting, waits])
      wasInProduction = registry.versionsOf('m').find(({ stage }) => stage === 'Production')?.version
      return write()
    }
    await point()
    expect(registry.store.models.get('m')?.aliases.get('champion')).toBe(wasInProduction)
    await promoting
    expect(registry.versionsOf('m').map(({ stage }) => stage)).toEqual(['Archived', 'Production'])
  })

  it('a stage is looked up anew, whatever somebody else is reading at the moment', async () => {
    await openSession(federation).registry('main').description()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    registry.holdLatest = () => {
      registry.holdLatest = async () => {}
      reach()
      return held
    }
    const reading = openSession(federation).registry('main').latestVersions('m')
    await reached
    // Another gateway moves them.
    const rows = registry.store.models.get('m')?.versions
    for (const [version, row] of rows ?? []) row.stage = version === '2' ? 'Production' : 'Archived'
    await point()
    release()
    await reading
    expect(registry.store.models.get('m')?.aliases.get('champion')).toBe('2')
  })
})

const writes: Readonly<Record<string, () => Promise<unknown>>> = {
  setAlias: () =>
    setAlias(openSession(federation), {
      model,
      alias: 'champion',
      version: '1',
      expectedVersion: null,
      onlyIfUnset: false,
    }),
  setModelTags: () => setModelTags(openSession(federation), model, [{ key: 'a', value: 'b' }]),
  updateModel: () => describeModel(openSession(federation), model, 'x'),
  setVersionTags: () => setVersionTags(openSession(federation), versionOf('1'), [{ key: 'a', value: 'b' }]),
  updateModelVersion: () => describeVersion(openSession(federation), versionOf('1'), 'x'),
  deleteModel: () => deleteModel(openSession(federation), model),
}

describe.each(Object.entries(writes))('%s', (_, write) => {
  it('waits for its turn at the model only where the backend cannot compare and write in one step', async () => {
    await write()
    expect(asked).toEqual(['write ["main","m"]'])
    asked.length = 0
    registry = new PlainRegistry()
    registry.addVersion('m', {})
    registry.compareAndSet = 'NATIVE'
    federation = openFederation({ main: registry }, { coordination: federation.coordination })
    await write()
    expect(asked).toEqual([])
  })
})
