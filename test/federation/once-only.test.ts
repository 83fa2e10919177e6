import { beforeEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { InputError } from '../../src/federation/errors/input-error.ts'
import { KeyReusedError } from '../../src/federation/errors/key-reused-error.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import type { WriteCoordination } from '../../src/federation/session/write-coordination.ts'
import {
  copyVersion,
  createModel,
  createVersion,
  type VersionToCopy,
  type VersionToCreate,
} from './doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from './doubles/in-memory-coordination.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

let dev: PlainRegistry
let prod: PlainRegistry
let coordination: WriteCoordination

beforeEach(() => {
  dev = new PlainRegistry()
  prod = new PlainRegistry()
  coordination = createInMemoryCoordination()
  dev.addVersion('m', { 'a.txt': 'one' })
  dev.addVersion('m', { 'a.txt': 'two' })
  dev.store.models.get('m')?.aliases.set('champion', '1')
})

/** A gateway that has just started, with the records of those before it. */
const start = (records = coordination.records) =>
  openFederation({ dev, prod }, { coordination: { ...createInMemoryCoordination(), records } })
const open = (caller: string | null = null, federation = start()) =>
  openSession(federation, { caller: caller === null ? null : { principal: caller, groups: [] } })
const create = (more: Partial<VersionToCreate> = {}, session = open()) =>
  createVersion(session, {
    model: { kind: 'key', registry: 'dev', name: 'new' },
    createModel: true,
    source: 's3://bucket/new',
    runId: null,
    description: 'made once',
    tags: [{ key: 'gate', value: 'passed' }],
    idempotencyKey: 'key',
    ...more,
  })
const copy = (more: Partial<VersionToCopy> = {}, session = open()) =>
  copyVersion(session, {
    source: { kind: 'alias', registry: 'dev', model: 'm', alias: 'champion' },
    destination: { registry: 'prod', name: 'copy' },
    artifacts: 'COPY',
    tags: [],
    idempotencyKey: 'key',
    ...more,
  })
const fail = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it was done'),
    (error: unknown) => error,
  )
const made = { registry: 'dev', model: 'new', version: '1', createdModel: true }

/** Breaks once, in one of a write's two ways to go wrong. */
function breakOnce(registry: PlainRegistry, operation: string, isWritten: boolean, error: Error): void {
  registry.meddle = async (each, write) => {
    if (each !== operation) return write()
    registry.meddle = (_, others) => others()
    if (isWritten) await write()
    throw error
  }
}

const timeout = () => new RegistryError('REGISTRY_TIMEOUT', 'No answer.')

describe('a gateway that is killed between the write and its answer', () => {
  it('finds what it wrote when it is asked again, and makes nothing', async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const killed = start({
      ...coordination.records,
      answer() {
        reach()
        return new Promise(() => {})
      },
    })
    create({}, open(null, killed)).catch(() => {})
    await reached
    expect(await create()).toEqual(made)
    expect(await create()).toEqual(made)
    expect(dev.count('versions.create')).toBe(1)
    expect(dev.versionsOf('new')).toHaveLength(1)
  })

  it('answers when only the note of the answer is lost', async () => {
    const forgetful = start({
      ...coordination.records,
      answer: () => Promise.reject(new Error('The database is gone.')),
    })
    expect(await create({}, open(null, forgetful))).toEqual(made)
    expect(await coordination.records.find({ caller: '', key: 'key' })).toMatchObject({ answer: null })
    expect(await create()).toEqual(made)
    expect(dev.count('versions.create')).toBe(1)
  })

  it.each(['models.create', 'versions.create'])(
    'is finished from where it was, before %s',
    async (operation) => {
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
      dev.meddle = (each, write) => {
        if (each !== operation) return write()
        reach()
        return new Promise(() => {})
      }
      create({}, open()).catch(() => {})
      await reached
      dev.meddle = (_, write) => write()
      expect(await create()).toEqual(made)
      expect(await create()).toEqual(made)
      expect(dev.versionsOf('new')).toHaveLength(1)
    },
  )

  it('does not take older versions of the same contents for its own', async () => {
    const again = { idempotencyKey: null }
    expect([await create(again), await create(again)].map(({ version }) => version)).toEqual(['1', '2'])
    breakOnce(dev, 'versions.create', false, timeout())
    await fail(create())
    expect(await create()).toEqual({ ...made, version: '3', createdModel: false })
    expect(dev.versionsOf('new')).toHaveLength(3)
  })
})

describe('a write whose outcome is not known', () => {
  it.each([
    ['REGISTRY_TIMEOUT', timeout()],
    ['REGISTRY_UNAVAILABLE', new RegistryError('REGISTRY_UNAVAILABLE', 'Reset.')],
    ['REGISTRY_ERROR', new RegistryError('REGISTRY_ERROR', 'HTTP 500.')],
    ['REGISTRY_ERROR', new TypeError('An adapter with a fault.')],
  ] as const)('says so after %s (%s), and its key leads to one version', async (code, error) => {
    for (const operation of ['models.create', 'versions.create']) {
      for (const isWritten of [true, false]) {
        const name = `${operation} ${isWritten}`
        const input = { model: { kind: 'key', registry: 'dev', name }, idempotencyKey: name } as const
        breakOnce(dev, operation, isWritten, error)
        const failure = await fail(create(input))
        expect(failure).toBeInstanceOf(RegistryFailure)
        expect(failure).toMatchObject({
          registry: 'dev',
          error: { code, retryable: true, nothingWritten: false },
          message: expect.stringMatching(
            /Whether it was written is not known\. Ask again with the same idempotencyKey: it is not done twice\.$/,
          ),
        })
        const answer = { ...made, model: name }
        expect(await create(input), name).toEqual(answer)
        expect(await create(input), name).toEqual(answer)
        expect(dev.versionsOf(name), name).toHaveLength(1)
      }
    }
  })

  it('says so without a key too, and that it is not to be repeated blindly', async () => {
    breakOnce(dev, 'versions.create', true, timeout())
    const failure = await fail(create({ idempotencyKey: null }))
    expect(failure).toMatchObject({
      registry: 'dev',
      error: { code: 'REGISTRY_TIMEOUT', retryable: false, nothingWritten: false },
      message: 'No answer. Whether it was written is not known.',
    })
    expect(dev.count('versions.create')).toBe(1)
  })

  it('of a model leads to one model', async () => {
    const tags = [
      { key: '\u{1d49c}', value: 'astral' },
      { key: '\uff21', value: 'fullwidth' },
      { key: 'a', value: '' },
    ]
    const model = { registry: 'dev', name: 'model', description: '', tags, idempotencyKey: 'key' }
    for (const isWritten of [true, false]) {
      const wish = { ...model, name: `model ${isWritten}`, idempotencyKey: String(isWritten) }
      breakOnce(dev, 'models.create', isWritten, timeout())
      expect(await fail(createModel(open(), wish))).toMatchObject({ error: { code: 'REGISTRY_TIMEOUT' } })
      expect(await createModel(open(), wish)).toEqual({ registry: 'dev', name: wish.name })
      expect(await createModel(open(), wish)).toEqual({ registry: 'dev', name: wish.name })
    }
    expect(dev.count('models.create')).toBe(3)
    const taken = { ...model, name: 'm' }
    expect(await fail(createModel(open(), taken))).toMatchObject({ error: { code: 'ALREADY_EXISTS' } })
    expect(await createModel(open(), model)).toEqual({ registry: 'dev', name: 'model' })
  })
})

describe('a write that a slow registry carries out later', () => {
  it('is found also when a try in between was refused', async () => {
    const { promise: late, resolve: arrive } = Promise.withResolvers<void>()
    let carriedOut: Promise<unknown> = Promise.resolve()
    dev.meddle = (operation, write) => {
      if (operation !== 'versions.create') return write()
      carriedOut = late.then(write)
      return Promise.reject(timeout())
    }
    expect(await fail(create())).toMatchObject({ error: { code: 'REGISTRY_TIMEOUT', retryable: true } })
    breakOnce(dev, 'versions.create', false, new RegistryError('RATE_LIMITED', 'Slow down.'))
    expect(await fail(create())).toMatchObject({ error: { code: 'RATE_LIMITED', retryable: true } })
    arrive()
    await carriedOut
    expect(await create()).toEqual(made)
    expect(dev.versionsOf('new')).toHaveLength(1)
  })
})

describe('an idempotency key', () => {
  it('is free again after a definite refusal', async () => {
    breakOnce(dev, 'versions.create', false, new RegistryError('BAD_USER_INPUT', 'Not so.'))
    expect(await fail(create())).toMatchObject({ error: { code: 'BAD_USER_INPUT', nothingWritten: true } })
    expect(await coordination.records.find({ caller: '', key: 'key' })).toBeNull()
    expect(dev.store.models.has('new')).toBe(false)
    expect(await create({ description: 'other arguments' })).toEqual(made)
  })

  it('is free again when nothing was begun', async () => {
    const refused = create({ createModel: false })
    expect(await fail(refused)).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await coordination.records.find({ caller: '', key: 'key' })).toBeNull()
    expect(await create()).toEqual(made)
  })

  it('is not taken for other arguments, nor for another mutation, whatever became of the first', async () => {
    const others = () => [
      create({ source: 's3://bucket/other' }),
      create({ tags: [] }),
      create({ createModel: false }),
      copy(),
      createModel(open(), { registry: 'dev', name: 'x', description: null, tags: [], idempotencyKey: 'key' }),
    ]
    breakOnce(dev, 'versions.create', true, timeout())
    await fail(create())
    for (const error of await Promise.all(others().map(fail))) expect(error).toBeInstanceOf(KeyReusedError)
    expect(await create()).toEqual(made)
    for (const error of await Promise.all(others().map(fail))) expect(error).toBeInstanceOf(KeyReusedError)
    expect(dev.versionsOf('new')).toHaveLength(1)
  })

  it('is each caller’s own', async () => {
    const answers = [
      await create({}, open('alice')),
      await create({}, open('bob')),
      await create({ source: 's3://other' }, open()),
    ]
    expect(answers.map(({ version }) => version)).toEqual(['1', '2', '3'])
    expect((await create({}, open('alice'))).version).toBe('1')
    expect((await create({}, open('bob'))).version).toBe('2')
  })

  it('asked for 20 times at once leads to one write and 20 equal answers', async () => {
    const federation = start()
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({}, open(null, federation))))
    expect(answers).toEqual(Array(20).fill(made))
    expect(dev.count('versions.create')).toBe(1)
  })

  it.each([
    ['without a character', ''],
    ['too long', 'x'.repeat(513)],
    ['with a NUL', 'a\0b'],
    ['with half a surrogate pair', '\ud800'],
  ])('%s is refused', async (_, idempotencyKey) => {
    expect(await fail(create({ idempotencyKey }))).toBeInstanceOf(InputError)
    expect(dev.writes).toEqual([])
  })

  it('of any legal form is taken', async () => {
    expect(await create({ idempotencyKey: '🚀'.repeat(256) })).toEqual(made)
  })
})

describe('a source that is not what it was', () => {
  const source = 'models:/m@champion'
  const move = () => dev.store.models.get('m')?.aliases.set('champion', '2')
  const remove = () => dev.store.models.delete('m')

  it.each([true, false])(
    'gives the version of the first try (written: %s) after the alias has moved',
    async (isWritten) => {
      breakOnce(dev, 'versions.create', isWritten, timeout())
      await fail(create({ source }))
      move()
      expect(await create({ source })).toEqual(made)
      expect(dev.versionsOf('new').map((version) => version.source)).toEqual(['models:/m/1'])
    },
  )

  it('changes nothing of an answer that was given', async () => {
    expect(await create({ source })).toEqual(made)
    move()
    expect(await create({ source })).toEqual(made)
    remove()
    expect(await create({ source })).toEqual(made)
    expect(dev.count('versions.create')).toBe(1)
  })

  it('that is deleted changes nothing of what was written either', async () => {
    breakOnce(dev, 'versions.create', true, timeout())
    await fail(create({ source }))
    remove()
    expect(await create({ source })).toEqual(made)
    expect(dev.versionsOf('new')).toHaveLength(1)
  })

  const within = { registry: 'dev', name: 'copy' }
  const between = { registry: 'prod', name: 'copy' }
  it.each([
    ['within a registry', 'versions.create', { destination: within }],
    ['within a registry in its own way', 'copies.copy', { destination: within }],
    ['by reference', 'versions.create', { destination: between, artifacts: 'REFERENCE' }],
    ['with its files', 'versions.create', { destination: between }],
  ] as const)('is copied %s as it was at the first try', async (_, operation, more) => {
    dev.copies = operation === 'copies.copy'
    const to = more.destination === within ? dev : prod
    for (const isWritten of [true, false]) {
      const name = `copy ${isWritten}`
      const wish = { ...more, destination: { ...more.destination, name }, idempotencyKey: name }
      dev.store.models.get('m')?.aliases.set('champion', '1')
      breakOnce(to, operation, isWritten, timeout())
      await fail(copy(wish))
      move()
      const answer = { registry: more.destination.registry, model: name, version: '1', createdModel: true }
      expect(await copy(wish), name).toEqual(answer)
      expect(await copy(wish), name).toEqual(answer)
      const versions = to.versionsOf(name)
      expect(versions, name).toHaveLength(1)
      const [version] = versions
      if (to === dev) expect(version?.source).toBe('models:/m/1')
      else expect(version?.tags.get('modelgate.copied_from')).toBe('models://dev/m/1')
      const files = to.store.files.get(version?.place ?? '') ?? dev.store.files.get(version?.place ?? '')
      expect(String(files?.get('a.txt')), name).toBe('one')
    }
  })
})
