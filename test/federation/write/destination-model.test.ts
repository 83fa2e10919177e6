import { beforeEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../../src/contract/index.ts'
import { RegistryFailure } from '../../../src/federation/errors/registry-failure.ts'
import type { Federation } from '../../../src/federation/session/federation.ts'
import {
  createModel,
  createVersion,
  setModelTags,
  type VersionToCreate,
} from '../doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from '../doubles/in-memory-coordination.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

const model = { kind: 'key', registry: 'main', name: 'new' } as const

let registry: PlainRegistry
let federation: Federation
/** Called whenever somebody asks for a turn; may refuse it. */
let onAsked: () => void

beforeEach(() => {
  registry = new PlainRegistry()
  onAsked = () => {}
  open()
})

function open(): void {
  const { leases, records, cleanUps } = createInMemoryCoordination()
  const coordination = {
    records,
    cleanUps,
    leases: {
      run: async <T>(name: string, waitMs: number, work: (lost: AbortSignal) => Promise<T>) => {
        onAsked()
        return leases.run(name, waitMs, work)
      },
    },
  }
  federation = openFederation({ main: registry }, { coordination })
}

const create = (more: Partial<VersionToCreate> = {}) =>
  createVersion(openSession(federation), {
    model,
    createModel: true,
    source: 's3://bucket/new',
    runId: null,
    description: null,
    tags: [],
    idempotencyKey: null,
    ...more,
  })
const fail = (work: Promise<unknown>): Promise<RegistryFailure> =>
  work.then(
    () => expect.fail('it was done'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(RegistryFailure)
      return error as RegistryFailure
    },
  )

/** Refuses the next version, when others had time for something. */
function refuseNext(meanwhile: () => unknown = () => {}): void {
  registry.meddle = async (operation, write) => {
    if (operation !== 'versions.create') return write()
    registry.meddle = (_, others) => others()
    await meanwhile()
    throw new RegistryError('BAD_USER_INPUT', 'Not so.')
  }
}

/** What others do at the moment when the model is about to be taken away. */
function beforeTakingBack(meanwhile: () => Promise<unknown>): void {
  refuseNext()
  const { meddle } = registry
  registry.meddle = async (operation, write) => {
    if (operation === 'versions.create') {
      try {
        return await meddle(operation, write)
      } finally {
        registry.meddle = async (each, take) => {
          if (each !== 'models.delete' && each !== 'models.takeBack') return take()
          registry.meddle = (_, others) => others()
          await meanwhile()
          return take()
        }
      }
    }
    return write()
  }
}

/** Begins another write, and goes on when it is done or waits for its turn. */
async function beside(write: () => Promise<unknown>): Promise<Promise<unknown>[]> {
  const waits = new Promise<void>((resolve) => {
    onAsked = resolve
  })
  const writing = write()
  await Promise.race([writing, waits])
  return [writing]
}

const left = /^Not so\. The model "new" was made for it and is still there, empty: /
const versions = () => registry.versionsOf('new').map(({ source }) => source)

describe.each([
  ['that keeps keys', true],
  ['without keys', false],
])('a refused version in a registry %s', (_, keepsKeys) => {
  beforeEach(() => {
    registry.keepsKeys = keepsKeys
    registry.compareAndSet = keepsKeys ? 'NATIVE' : 'NONE'
    open()
  })

  it('takes its model with it', async () => {
    refuseNext()
    expect((await fail(create())).message).toBe('Not so.')
    expect(registry.store.models.has('new')).toBe(false)
    expect(registry.count(keepsKeys ? 'models.takeBack' : 'models.delete')).toBe(1)
  })

  it('leaves the version that another caller makes at the same moment', async () => {
    let others: Promise<unknown>[] = []
    beforeTakingBack(async () => {
      others = await beside(() => create({ source: 's3://bucket/other' }))
    })
    expect((await fail(create())).message).toBe('Not so.')
    expect(await Promise.all(others)).toMatchObject([{ model: 'new', version: '1' }])
    expect(versions()).toEqual(['s3://bucket/other'])
  })

  it('leaves tags that another caller sets at the same moment, or refuses to set them', async () => {
    let others: Promise<unknown>[] = []
    beforeTakingBack(async () => {
      const tags = [{ key: 'owner', value: 'other' }]
      others = await beside(() => setModelTags(openSession(federation), model, tags))
      for (const other of others) other.catch(() => {})
    })
    await fail(create())
    const outcomes = await Promise.allSettled(others)
    expect(outcomes.map(({ status }) => status)).toEqual([
      registry.store.models.get('new')?.tags.get('owner') === 'other' ? 'fulfilled' : 'rejected',
    ])
  })

  it.each([
    ['a version', () => registry.addVersion('new', {})],
    ['a tag', () => registry.store.models.get('new')?.tags.set('a', 'b')],
    [
      'a description',
      () => {
        const made = registry.store.models.get('new')
        if (made) made.description = 'mine'
      },
    ],
    [
      'another model of that name',
      () => {
        registry.store.models.delete('new')
        registry.addVersion('new', {})
        registry.store.models.get('new')?.versions.clear()
        const other = registry.store.models.get('new')
        if (other) Object.assign(other, { createdAt: new Date(0), updatedAt: new Date(0) })
      },
    ],
  ])('leaves %s that somebody has made there before', async (_what, make) => {
    refuseNext(make)
    expect((await fail(create())).message).toBe('Not so.')
    expect(registry.store.models.has('new')).toBe(true)
  })

  it('says that its model is left when that could not be taken away', async () => {
    refuseNext(() => {
      registry.meddle = (operation, write) =>
        operation === 'models.delete' || operation === 'models.takeBack'
          ? Promise.reject(new RegistryError('REGISTRY_UNAVAILABLE', 'Gone.'))
          : write()
    })
    const failure = await fail(create())
    expect(failure.message).toMatch(left)
    expect(failure.error).toMatchObject({ code: 'BAD_USER_INPUT', nothingWritten: true })
    expect(registry.store.models.has('new')).toBe(true)
  })

  it('says so when others do not let it take its turn', async () => {
    refuseNext(() => {
      onAsked = () => {
        throw new RegistryError('REGISTRY_TIMEOUT', 'Busy.', { nothingWritten: true })
      }
    })
    expect((await fail(create())).message).toMatch(left)
    expect(registry.store.models.has('new')).toBe(true)
  })

  it('frees its key for the same wish and for another', async () => {
    refuseNext()
    await fail(create({ idempotencyKey: 'key' }))
    const other = { registry: 'main', name: 'other', description: null, tags: [], idempotencyKey: 'key' }
    await createModel(openSession(federation), other)
    expect(registry.store.models.has('other')).toBe(true)
    refuseNext()
    await fail(create({ idempotencyKey: 'second' }))
    expect(await create({ idempotencyKey: 'second' })).toMatchObject({ version: '1', createdModel: true })
    expect(await create({ idempotencyKey: 'second' })).toMatchObject({ version: '1', createdModel: true })
    expect(versions()).toEqual(['s3://bucket/new'])
  })
})

describe('a registry where a model cannot be known again, or not be taken away', () => {
  it('keeps it, and the answer says so', async () => {
    const { adapter } = registry
    const { models } = adapter.writes ?? {}
    if (!models) throw new Error('It should be writable.')
    const { delete: _, ...others } = models
    const undeletable = { ...adapter, writes: { ...adapter.writes, models: others } as typeof adapter.writes }
    federation = openFederation({ main: { adapter: undeletable as typeof adapter } })
    refuseNext()
    expect((await fail(create())).message).toMatch(left)
    expect(registry.store.models.has('new')).toBe(true)
  })

  it('keeps one without times, and the answer says so', async () => {
    registry.meddle = async (operation, write) => {
      const done = await write()
      if (operation === 'models.create')
        Object.assign(registry.store.models.get('new') ?? {}, { createdAt: null })
      if (operation === 'models.create') refuseNext()
      return done
    }
    expect((await fail(create())).message).toMatch(left)
    expect(registry.count('models.delete')).toBe(0)
  })
})
