import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ArtifactUpload, RegistryError } from '../../src/contract/index.ts'
import { Sweeper } from '../../src/federation/clean-up/sweeper.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import type { WriteCoordination } from '../../src/federation/session/write-coordination.ts'
import { unusableAdapter } from '../../src/plug-ins/unusable-adapter.ts'
import { copyVersion } from './doubles/carry-out-by-name.ts'
import { createInMemoryCoordination } from './doubles/in-memory-coordination.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const files = { MLmodel: 'flavors: {}\n', 'data/a.bin': 'a'.repeat(200_000) }

let from: PlainRegistry
let to: PlainRegistry
let coordination: WriteCoordination
let federation: Federation
let sweeper: Sweeper | null = null

beforeEach(() => {
  from = new PlainRegistry()
  to = new PlainRegistry()
  from.addVersion('churn', files)
  coordination = createInMemoryCoordination()
  federation = openFederation({ from, to }, { coordination })
})
afterEach(async () => {
  await sweeper?.close()
  sweeper = null
  await federation.close()
})

const copy = (idempotencyKey: string | null = null, model = 'copy') =>
  copyVersion(openSession(federation), {
    source: { kind: 'key', registry: 'from', model: 'churn', version: '1' },
    destination: { registry: 'to', name: model },
    artifacts: 'COPY',
    tags: [],
    idempotencyKey,
  })
const left = () => coordination.cleanUps.list()

function takeIn(change: (upload: ArtifactUpload) => Partial<ArtifactUpload>): void {
  to.imports = (imports) => ({
    async begin(transfer, call) {
      const upload = await imports.begin(transfer, call)
      return { ...upload, ...change(upload) }
    },
  })
}

const broken = async () => {
  throw new RegistryError('REGISTRY_UNAVAILABLE', 'It is away.')
}

const unknown = async () => {
  throw new RegistryError('UNSUPPORTED', 'The registry does not know this request (HTTP 404).')
}

/** As another gateway does, or this one after a restart. */
function sweep(): void {
  sweeper = new Sweeper(federation, { everyMs: 10, firstPauseMs: 5 })
  sweeper.start()
}

describe('what a copy leaves behind', () => {
  it('is nothing when it is done, or when it was cleaned up at once', async () => {
    await copy()
    expect(await left()).toEqual([])
    takeIn(() => ({ put: broken }))
    await expect(copy()).rejects.toThrow('It is away.')
    expect(await left()).toEqual([])
  })

  it('is nothing when the registry has no place for files', async () => {
    to.imports = () => ({
      begin: async () => {
        throw new RegistryError('UNSUPPORTED', 'There is no place.')
      },
    })
    await expect(copy()).rejects.toThrow('There is no place.')
    expect(await left()).toEqual([])
  })

  it('may be there when nobody has seen how its beginning ended', async () => {
    to.imports = (imports) => ({
      async begin(transfer, call) {
        await imports.begin(transfer, call)
        return broken()
      },
    })
    await expect(copy()).rejects.toThrow('It is away.')
    expect(await left()).toMatchObject([{ kind: 'files' }])
    to.imports = (imports) => imports
    sweep()
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
  })

  it('is noted before the first byte, and for when the copy would be over', async () => {
    takeIn((upload) => ({
      async put(file, bytes, call) {
        const [noted] = await left()
        expect(noted).toMatchObject({ kind: 'files', registry: 'to', model: 'copy', tries: 0 })
        expect(noted?.dueAt).toBeGreaterThan(Date.now() + 60_000)
        return upload.put(file, bytes, call)
      },
    }))
    await copy()
  })

  it('is cleaned up later when it cannot be at once, again and again', async () => {
    let failures = 3
    takeIn((upload) => ({
      put: (file, bytes, call) => (file.path === 'MLmodel' ? upload.put(file, bytes, call) : broken()),
      discard: async (call) => (failures-- > 0 ? broken() : upload.discard(call)),
    }))
    await expect(copy()).rejects.toThrow('It is away.')
    expect(await left()).toMatchObject([{ kind: 'files', problem: 'It is away.' }])
    expect(to.movedFiles).not.toEqual([])
    sweep()
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
    expect(failures).toBe(-1)
    expect(to.movedFiles).toEqual([])
  })

  it('is left to people when nobody knows whether a version was made with it', async () => {
    to.meddle = async (operation, write) => {
      await write()
      if (operation === 'versions.create') throw new RegistryError('REGISTRY_ERROR', 'Broken.')
    }
    await expect(copy()).rejects.toThrow('Broken.')
    const problem = expect.stringMatching(/not known/)
    expect(await left()).toMatchObject([{ kind: 'files', dueAt: null, problem }])
    sweep()
    await wait(50)
    expect(await left()).toMatchObject([{ tries: 0 }])
  })

  it('makes no version of files that were cleaned up meanwhile, as happens when a clock jumps', async () => {
    takeIn((upload) => ({
      async finish(put, call) {
        const imported = await upload.finish(put, call)
        const [noted] = await left()
        await coordination.cleanUps.postpone(noted?.id ?? '', 0, null)
        sweep()
        await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
        return imported
      },
    }))
    await expect(copy()).rejects.toMatchObject({
      registry: 'to',
      error: { code: 'REGISTRY_UNAVAILABLE', nothingWritten: true, retryable: true },
    })
    expect(to.store.models.has('copy')).toBe(false)
    expect(to.movedFiles).toEqual([])
  })

  it('is no file that a version has, whatever is noted', async () => {
    await copy()
    const [place] = [...to.store.files.keys()].slice(-1)
    const id = place?.split('/').at(-1) ?? ''
    const before = to.movedFiles
    const cleanUp = { id, kind: 'files', registry: 'to', model: 'copy', details: '{"origin":""}' } as const
    await coordination.cleanUps.note(cleanUp, 0)
    sweep()
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
    expect(to.movedFiles).toEqual(before)
  })

  it('is tried again where the plug-in of its registry cannot be used for now', async () => {
    federation = openFederation({ to: { adapter: unusableAdapter('It has no licence.') } }, { coordination })
    const cleanUp = {
      id: 'x',
      kind: 'files',
      registry: 'to',
      model: 'copy',
      details: '{"origin":""}',
    } as const
    await coordination.cleanUps.note(cleanUp, 0)
    sweep()
    await vi.waitFor(async () => expect((await left())[0]?.tries).toBeGreaterThan(1), { timeout: 3000 })
    expect(await left()).toMatchObject([{ dueAt: expect.any(Number), problem: 'It has no licence.' }])
  })

  it('may be a model, which is taken back when its registry lets it', async () => {
    let failures = 2
    to.meddle = async (operation, write) => {
      if (operation === 'models.delete' && failures-- > 0) return broken()
      return write()
    }
    takeIn(() => ({ put: broken }))
    await expect(copy()).rejects.toThrow(/the gateway takes it away when it can/)
    expect(await left()).toMatchObject([{ kind: 'model', model: 'copy' }])
    sweep()
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
    expect(to.store.models.has('copy')).toBe(false)
  })

  it('is the model, too, that was made for a copy whose gateway is killed', async () => {
    const killed = new Promise<void>((resolve) => {
      takeIn(() => ({
        put: () => {
          resolve()
          return new Promise<never>(() => {})
        },
      }))
    })
    copy().catch(() => {})
    await killed
    expect(to.store.models.has('copy')).toBe(true)
    to.imports = (imports) => imports
    federation = openFederation({ from, to }, { coordination })
    const [noted] = await left()
    await coordination.cleanUps.postpone(noted?.id ?? '', 0, null)
    sweep()
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
    expect(to.store.models.has('copy')).toBe(false)
    expect(to.movedFiles).toEqual([])
  })

  it('is tried again where a proxy says, of a server that is not up yet, that it does not know the request', async () => {
    let refusals = 2
    takeIn((upload) => ({
      put: broken,
      discard: async (call) => (refusals-- > 0 ? unknown() : upload.discard(call)),
    }))
    await expect(copy()).rejects.toThrow('It is away.')
    sweep()
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 3000 })
    expect(to.movedFiles).toEqual([])
  })

  it('of a registry that takes no files any more is left to people', async () => {
    takeIn(() => ({ put: broken, discard: broken }))
    await expect(copy()).rejects.toThrow('It is away.')
    federation = openFederation(
      { from, to: { adapter: { ...to.adapter, imports: undefined } as never } },
      { coordination },
    )
    sweep()
    const problem = expect.stringContaining('takes none in any more')
    await vi.waitFor(async () =>
      expect(await left()).toMatchObject([{ kind: 'files', dueAt: null, problem }]),
    )
  })

  it('of a registry that is not configured any more is left to people', async () => {
    const cleanUp = { id: 'x', kind: 'files', registry: 'gone', model: 'copy', details: '{}' } as const
    await coordination.cleanUps.note(cleanUp, 0)
    sweep()
    const problem = expect.stringContaining('no registry "gone"')
    await vi.waitFor(async () => expect(await left()).toMatchObject([{ dueAt: null, problem }]))
  })
})

describe('a copy whose registries fail others’ reads', () => {
  it('goes on, and makes its version when reads are let through again', async () => {
    let isWell = true
    const fail = async () => {
      if (!isWell) throw new RegistryError('REGISTRY_UNAVAILABLE', 'Searches fail.')
    }
    const ill = (registry: PlainRegistry) => ({ adapter: { ...registry.adapter, health: fail } })
    federation = openFederation(
      { from: ill(from), to: ill(to) },
      { coordination, settings: { circuit: { failures: 1, probeIntervalMs: 30 } } },
    )
    const readIn = (name: string) => openSession(federation).registry(name).health()
    takeIn((upload) => ({
      async put(file, bytes, call) {
        isWell = false
        await Promise.allSettled([readIn('from'), readIn('to')])
        await expect(readIn('to')).rejects.toThrow(/circuit is open/)
        setTimeout(() => {
          isWell = true
        }, 150)
        return upload.put(file, bytes, call)
      },
    }))
    await expect(copy()).resolves.toMatchObject({ version: '1' })
    expect(await left()).toEqual([])
  })
})

describe('a copy that stands still', () => {
  const holdBack = (): void => {
    from.exports = {
      async read(_, path) {
        return (async function* () {
          yield Buffer.from(path === 'MLmodel' ? files.MLmodel : 'a')
          await new Promise<never>(() => {})
        })()
      },
    }
  }

  it('is broken off after a while, in words, and what it has moved is taken away', async () => {
    federation = openFederation({ from, to }, { coordination, copyStallMs: 100 })
    holdBack()
    await expect(copy()).rejects.toMatchObject({
      registry: 'from',
      error: { code: 'REGISTRY_TIMEOUT', message: expect.stringContaining('copyStallMs') },
    })
    expect(to.movedFiles).toEqual([])
    expect(await left()).toEqual([])
  })

  it('is none while bytes come, however slowly', async () => {
    federation = openFederation({ from, to }, { coordination, copyStallMs: 150 })
    from.exports = {
      async read(_, path) {
        const text = files[path as keyof typeof files]
        return (async function* () {
          for (let part = 0; part < 4; part++) {
            await wait(60)
            yield Buffer.from(text.slice((part * text.length) / 4, ((part + 1) * text.length) / 4))
          }
        })()
      },
    }
    await expect(copy()).resolves.toMatchObject({ version: '1' })
  })

  it('holds up no copy from elsewhere or to elsewhere, only more of the same way', async () => {
    const third = new PlainRegistry()
    third.addVersion('churn', files)
    federation = openFederation({ from, to, third }, { coordination, copyTimeoutMs: 1500 })
    holdBack()
    const between = (source: string, destination: string, name: string) =>
      copyVersion(openSession(federation), {
        source: { kind: 'key', registry: source, model: 'churn', version: '1' },
        destination: { registry: destination, name },
        artifacts: 'COPY',
        tags: [],
        idempotencyKey: null,
      })
    const slow = Array.from({ length: 6 }, (_, index) => between('from', 'to', `slow-${index}`))
    const settled = Promise.allSettled(slow)
    await wait(50)
    const startedAt = performance.now()
    await between('third', 'to', 'quick')
    await between('third', 'from', 'quick')
    expect(performance.now() - startedAt).toBeLessThan(1000)
    const outcomes = await settled
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { error: { code: 'REGISTRY_TIMEOUT' } } })
    }
  })

  it('under a deadline of the request names that one', async () => {
    holdBack()
    const session = openSession(federation, { deadlineMs: 200 })
    await expect(
      copyVersion(session, {
        source: { kind: 'key', registry: 'from', model: 'churn', version: '1' },
        destination: { registry: 'to', name: 'copy' },
        artifacts: 'COPY',
        tags: [],
        idempotencyKey: null,
      }),
    ).rejects.toThrow(/deadline of 200 ms/)
  })
})
