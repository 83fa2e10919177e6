import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ArtifactImports, type ArtifactUpload, RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import { copyVersion } from './doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from './doubles/in-memory-coordination.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const files = {
  MLmodel: 'flavors: {}\n',
  'data/a.bin': 'a'.repeat(200_000),
  'data/b.bin': 'b'.repeat(100_000),
}

let from: PlainRegistry
let to: PlainRegistry

beforeEach(() => {
  from = new PlainRegistry()
  to = new PlainRegistry()
  from.addVersion('churn', files)
})

/** The files have less. */
const copyMaxBytes = 1_000_000

const copy = (
  idempotencyKey: string | null,
  copyTimeoutMs = 20_000,
  federation = openFederation({ from, to }, { copyTimeoutMs, copyMaxBytes }),
) =>
  copyVersion(openSession(federation), {
    source: { kind: 'key', registry: 'from', model: 'churn', version: '1' },
    destination: { registry: 'to', name: 'copy' },
    artifacts: 'COPY',
    tags: [],
    idempotencyKey,
  })
const fail = (work: Promise<unknown>): Promise<RegistryFailure> =>
  work.then(
    () => expect.fail('it was done'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(RegistryFailure)
      return error as RegistryFailure
    },
  )

/** Gives files away with a fault in those of the folder `data`. */
function giveAway(bytes: (text: string) => AsyncIterable<Uint8Array>): void {
  from.exports = {
    async read(_, path) {
      const text = files[path as keyof typeof files]
      return path === 'MLmodel' ? once(text) : bytes(text)
    },
  }
}

async function* once(text: string) {
  yield Buffer.from(text)
}

function takeIn(change: (upload: ArtifactUpload) => Partial<ArtifactUpload>): void {
  to.imports = (imports): ArtifactImports => ({
    async begin(transfer, call) {
      const upload = await imports.begin(transfer, call)
      return { ...upload, ...change(upload) }
    },
  })
}

async function* endless() {
  for (;;) yield Buffer.alloc(64_000)
}

const hang = () => new Promise<never>(() => {})

interface Fault {
  readonly how: string
  readonly spoil: () => void
  readonly error: { readonly code: string; readonly retryable: boolean }
  readonly registry: 'from' | 'to'
  readonly says: RegExp
  readonly copyTimeoutMs?: number
}

const tooMuch = { code: 'LIMIT_EXCEEDED', retryable: false }
const broken = { code: 'REGISTRY_ERROR', retryable: false }
const late = { code: 'REGISTRY_TIMEOUT', retryable: true }
const inTime = /^The files did not all reach "to" in time; see federation\.copyTimeoutMs\./

const faults: readonly Fault[] = [
  {
    how: 'breaks off in the middle of a file',
    spoil: () =>
      giveAway(async function* (text) {
        yield Buffer.from(text.slice(0, 1000))
        throw new Error('socket hang up')
      }),
    error: broken,
    registry: 'from',
    says: /^A file broke off while it was read\./,
  },
  {
    how: 'says why it breaks off',
    spoil: () =>
      giveAway(async function* (text) {
        yield Buffer.from(text.slice(0, 1000))
        throw new RegistryError('REGISTRY_UNAVAILABLE', 'The connection was reset.')
      }),
    error: { code: 'REGISTRY_UNAVAILABLE', retryable: true },
    registry: 'from',
    says: /^The connection was reset\. It was about the file "data\/(a|b)\.bin" of (200|100)000 bytes\./,
  },
  {
    how: 'gives fewer bytes than it said',
    spoil: () => giveAway((text) => once(text.slice(1))),
    error: broken,
    registry: 'from',
    says: /^The file "data\/(a|b)\.bin" came with (199|99)999 of its (200|100)000 bytes\./,
  },
  {
    how: 'gives more bytes than it said',
    spoil: () => giveAway((text) => once(`${text}!`)),
    error: broken,
    registry: 'from',
    says: /^The file "data\/(a|b)\.bin" came with more than its (200|100)000 bytes\./,
  },
  {
    how: 'never stops to give',
    spoil: () => giveAway(endless),
    error: broken,
    registry: 'from',
    says: /^The file "data\/(a|b)\.bin" came with more than its (200|100)000 bytes\./,
  },
  {
    how: 'never stops to give what has no size',
    spoil: () => {
      from.exports = {
        files: async () => Object.keys(files).map((path) => ({ path, sizeBytes: null })),
        read: async () => endless(),
      }
    },
    error: tooMuch,
    registry: 'from',
    says: /^More bytes came, and one copy may have 1000000 \(federation\.copyMaxBytes\); refer to them/,
  },
  {
    how: 'has more than one copy may have',
    spoil: () => {
      from.exports = {
        files: async () => [{ path: 'a', sizeBytes: copyMaxBytes + 1 }],
        read: () => expect.fail('was read'),
      }
    },
    error: tooMuch,
    registry: 'from',
    says: /^The files to copy have 1000001 bytes, and one copy may have 1000000/,
  },
  {
    how: 'has more files than one copy may have',
    spoil: () => {
      const many = Array.from({ length: 130_000 }, (_, index) => ({ path: String(index), sizeBytes: 0 }))
      from.exports = { files: async () => many, read: () => expect.fail('was read') }
    },
    error: tooMuch,
    registry: 'from',
    says: /^There are 130000 files to copy, and at most 100000 are copied; refer to them/,
  },
  {
    how: 'lists a file twice',
    spoil: () => {
      from.exports = {
        files: async () => ['a', 'b', 'a'].map((path) => ({ path, sizeBytes: 1 })),
        read: async () => once('x'),
      }
    },
    error: { code: 'REGISTRY_ERROR', retryable: false },
    registry: 'from',
    says: /^The registry lists the file "a" twice, so it cannot be said what it is; nothing was copied\./,
  },
  {
    how: 'hangs before the first byte',
    spoil: () => {
      from.exports = { read: hang }
    },
    error: late,
    registry: 'from',
    says: inTime,
    copyTimeoutMs: 150,
  },
  {
    how: 'hangs in the middle of a file',
    spoil: () =>
      giveAway(async function* (text) {
        yield Buffer.from(text.slice(0, 1000))
        await hang()
      }),
    error: late,
    registry: 'from',
    says: inTime,
    copyTimeoutMs: 150,
  },
  {
    how: 'cannot list its files',
    spoil: () => {
      from.exports = { files: () => Promise.reject(new RegistryError('REGISTRY_UNAVAILABLE', 'Refused.')) }
    },
    error: { code: 'REGISTRY_UNAVAILABLE', retryable: true },
    registry: 'from',
    says: /^Refused\./,
  },
  {
    how: 'has lost the files',
    spoil: () => {
      from.exports = { files: async () => [] }
    },
    error: { code: 'NOT_FOUND', retryable: false },
    registry: 'from',
    says: /^There are no files at models:\/\/from\/churn\/1 to copy; refer to them instead/,
  },
  {
    how: 'has other files than when they were last copied',
    spoil: () => {
      from.versionsOf('churn')[0]?.tags.set('modelgate.digest', `sha256:${'0'.repeat(64)}`)
    },
    error: broken,
    registry: 'from',
    says: new RegExp(
      `^The files of models://from/churn/1 are not what they were: their digest was sha256:0{64}, and is ${digestOf(files)}\\.`,
    ),
  },
  {
    how: 'goes to one that takes only a part',
    spoil: () =>
      takeIn(() => ({
        async put(_, bytes) {
          for await (const chunk of bytes) if (chunk.length > 1000) break
        },
      })),
    error: broken,
    registry: 'to',
    says: /^"to" took only 65536 bytes of the file "data\/(a|b)\.bin"\./,
  },
  {
    how: 'goes to one that refuses a file',
    spoil: () =>
      takeIn(() => ({
        put: () => Promise.reject(new RegistryError('RATE_LIMITED', 'Slow down.', { retryAfterMs: 7 })),
      })),
    error: { code: 'RATE_LIMITED', retryable: true },
    registry: 'to',
    says: /^Slow down\./,
  },
  {
    how: 'goes to one that fails with a fault of its own',
    spoil: () => takeIn(() => ({ put: () => Promise.reject(new TypeError('secret internals')) })),
    error: broken,
    registry: 'to',
    says: /^The adapter of "to" failed unexpectedly\./,
  },
  {
    how: 'goes to one that hangs',
    spoil: () => takeIn(() => ({ put: hang })),
    error: late,
    registry: 'to',
    says: inTime,
    copyTimeoutMs: 150,
  },
  {
    how: 'goes to one that has not got everything in the end',
    spoil: () =>
      takeIn((upload) => ({
        finish: (put, call) => upload.finish([...put, { path: 'lost', sizeBytes: 1 }], call),
      })),
    error: broken,
    registry: 'to',
    says: /^The file lost is not there in full\./,
  },
  {
    how: 'goes to one that refuses the version',
    spoil: () => refuse(new RegistryError('BAD_USER_INPUT', 'Not so.')),
    error: { code: 'BAD_USER_INPUT', retryable: false },
    registry: 'to',
    says: /^Not so\./,
  },
  {
    how: 'goes to one that is gone when the version is to be made',
    spoil: () => refuse(new RegistryError('REGISTRY_UNAVAILABLE', 'Refused.', { nothingWritten: true })),
    error: { code: 'REGISTRY_UNAVAILABLE', retryable: true },
    registry: 'to',
    says: /^Refused\./,
  },
]

function refuse(error: RegistryError): void {
  to.meddle = (operation, write) => (operation === 'versions.create' ? Promise.reject(error) : write())
}

function heal(): void {
  from.exports = {}
  from.versionsOf('churn')[0]?.tags.clear()
  to.imports = (imports) => imports
  to.meddle = (_, write) => write()
}

/** As docs/writing.md says. */
function digestOf(of: Readonly<Record<string, string>>): string {
  const lines = Object.entries(of)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([path, text]) =>
        `${createHash('sha256').update(text).digest('hex')} ${text.length} ${JSON.stringify(path)}\n`,
    )
  return `sha256-v2:${createHash('sha256').update(lines.join('')).digest('hex')}`
}

describe.each(faults)('a copy of a version that $how', ({ spoil, error, registry, says, copyTimeoutMs }) => {
  it('fails as it should, and leaves nothing', async () => {
    spoil()
    const failure = await fail(copy(null, copyTimeoutMs))
    expect(failure).toMatchObject({ registry, error: { ...error, nothingWritten: true } })
    expect(failure.message).toMatch(says)
    expect(failure.message).not.toMatch(/not known|Ask again|secret/)
    expect([...to.store.models.keys()]).toEqual([])
    expect(to.movedFiles).toEqual([])
  })

  it('leaves a model that was there before', async () => {
    to.addVersion('copy', {})
    spoil()
    await fail(copy(null, copyTimeoutMs))
    expect(to.versionsOf('copy').map(({ version }) => version)).toEqual(['1'])
    expect(to.count('models.delete')).toBe(0)
    expect(to.movedFiles).toEqual([])
  })

  it('leaves a model that somebody else has begun to use meanwhile', async () => {
    spoil()
    const { meddle } = to
    to.meddle = async (operation, write) => {
      const done = await meddle(operation, write)
      if (operation === 'models.create') to.store.models.get('copy')?.tags.set('owner', 'somebody else')
      return done
    }
    await fail(copy(null, copyTimeoutMs))
    expect(to.store.models.get('copy')?.tags.get('owner')).toBe('somebody else')
    expect(to.versionsOf('copy')).toEqual([])
    expect(to.movedFiles).toEqual([])
  })

  it('is done by the same key when all is well again', async () => {
    spoil()
    const federation = openFederation(
      { from, to },
      {
        copyTimeoutMs: copyTimeoutMs ?? 20_000,
        copyMaxBytes,
        settings: { circuit: { failures: 100, probeIntervalMs: 200 } },
      },
    )
    await fail(copy('key', copyTimeoutMs, federation))
    heal()
    const answer = { registry: 'to', model: 'copy', version: '1', createdModel: true }
    expect(await copy('key', 20_000, federation)).toEqual(answer)
    expect(await copy('key', 20_000, federation)).toEqual(answer)
    const [version, ...others] = to.versionsOf('copy')
    expect(others).toEqual([])
    expect(version?.tags.get('modelgate.digest')).toBe(digestOf(files))
    expect(Object.fromEntries(to.movedFiles)).toEqual(files)
  })
})

describe('a copy whose version may have been made', () => {
  it.each([true, false])('keeps its files, and the key finds or makes it (made: %s)', async (isMade) => {
    const federation = openFederation({ from, to })
    to.meddle = async (operation, write) => {
      if (operation !== 'versions.create') return write()
      if (isMade) await write()
      throw new RegistryError('REGISTRY_TIMEOUT', 'No answer.')
    }
    const failure = await fail(copy('key', 0, federation))
    expect(failure).toMatchObject({ registry: 'to', error: { code: 'REGISTRY_TIMEOUT', retryable: true } })
    expect(failure.message).toMatch(/Whether it was written is not known\. Ask again/)
    expect(Object.fromEntries(to.movedFiles)).toEqual(files)
    expect(to.store.models.has('copy')).toBe(true)
    heal()
    const answer = { registry: 'to', model: 'copy', version: '1', createdModel: true }
    expect(await copy('key', 0, federation)).toEqual(answer)
    expect(to.versionsOf('copy')).toHaveLength(1)
    expect(Object.fromEntries(to.movedFiles)).toEqual(files)
    expect(to.count('versions.create')).toBe(isMade ? 1 : 2)
  })
})

describe('a copy that was held up until somebody else took it over', () => {
  it.each([
    ['while its files are moved', 'files'],
    ['before its version is made', 'finish'],
    ['when its version was made', 'create'],
  ])('%s leaves everything to the other one', async (_, when) => {
    let discards = 0
    const lost = new AbortController()
    const { records, leases, cleanUps } = createInMemoryCoordination()
    const federation = openFederation(
      { from, to },
      {
        coordination: {
          records,
          cleanUps,
          leases: { run: (name, waitMs, work) => leases.run(name, waitMs, () => work(lost.signal)) },
        },
      },
    )
    const takeOver = () =>
      lost.abort(new RegistryError('REGISTRY_TIMEOUT', 'Another may have come in between.'))
    giveAway(async function* (text) {
      if (when === 'files') takeOver()
      yield Buffer.from(text)
    })
    takeIn((upload) => ({
      async finish(put, call) {
        const imported = await upload.finish(put, call)
        if (when === 'finish') takeOver()
        return imported
      },
      async discard() {
        discards++
      },
    }))
    to.meddle = async (operation, write) => {
      const done = await write()
      if (operation === 'versions.create') takeOver()
      return done
    }
    const copying = copy('key', 0, federation)
    if (when === 'create') {
      expect(await copying).toMatchObject({ version: '1' })
    } else {
      const failure = await fail(copying)
      expect(failure.error).toMatchObject({ code: 'REGISTRY_TIMEOUT', retryable: true })
      expect(failure.message).toMatch(
        /^Another may have come in between\. (Whether it .*known\. )?Ask again with the same idempotencyKey/,
      )
      expect(to.count('versions.create')).toBe(0)
      expect(await records.find({ caller: '', key: 'key' })).toMatchObject({ answer: null })
    }
    expect(to.count('models.delete')).toBe(0)
    expect(discards).toBe(0)
  })
})

describe('a copy whose source is taken away when the model is made', () => {
  it('leaves no model', async () => {
    to.meddle = async (operation, write) => {
      if (operation === 'models.create') from.store.models.clear()
      return write()
    }
    expect(await fail(copy(null))).toMatchObject({ registry: 'from', error: { code: 'NOT_FOUND' } })
    expect([...to.store.models.keys()]).toEqual([])
  })
})

describe('a failed copy whose client has left', () => {
  it('leaves no model either', async () => {
    const leaving = new AbortController()
    const session = openSession(openFederation({ from, to }), { signal: leaving.signal })
    giveAway(async function* (text) {
      yield Buffer.from(text.slice(0, 1000))
      leaving.abort()
      throw new Error('socket hang up')
    })
    const work = copyVersion(session, {
      source: { kind: 'key', registry: 'from', model: 'churn', version: '1' },
      destination: { registry: 'to', name: 'copy' },
      artifacts: 'COPY',
      tags: [],
      idempotencyKey: null,
    })
    expect(await fail(work)).toMatchObject({ registry: 'from', error: { code: 'REGISTRY_ERROR' } })
    expect([...to.store.models.keys()]).toEqual([])
    expect(to.movedFiles).toEqual([])
  })
})
