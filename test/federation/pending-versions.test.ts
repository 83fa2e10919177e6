import { beforeEach, describe, expect, it } from 'vitest'
import {
  type Adapter,
  type ArtifactImports,
  type ArtifactUpload,
  RegistryError,
  type TagRecord,
} from '../../src/contract/index.ts'
import { createMemoryGate } from '../conformance/memory/memory-gate.ts'
import { createPendingImports } from '../conformance/memory/pending-imports.ts'
import { createTaglessAdapter } from '../conformance/tagless-adapter.ts'
import { copyVersion } from './doubles/carry-out-by-name.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const files = { MLmodel: 'flavors: {}\n', 'data/weights.bin': 'w'.repeat(100_000) }

let from: PlainRegistry
let to: PlainRegistry
let federation: ReturnType<typeof openFederation>

/** `to` makes a version first, takes its files, and finalises it then. */
beforeEach(() => {
  from = new PlainRegistry()
  to = new PlainRegistry()
  from.addVersion('churn', files)
  takeIn(() => ({}))
  federation = openFederation({ from, to })
})

function takeIn(change: (upload: Required<ArtifactUpload>) => Partial<ArtifactUpload>): void {
  const pending = createPendingImports(to.store, createMemoryGate())
  to.imports = () => ({
    async begin(transfer, call) {
      const upload = await pending.begin(transfer, call)
      return { ...upload, ...change(upload as Required<ArtifactUpload>) }
    },
  })
}

const copy = (
  idempotencyKey: string | null = null,
  tags: readonly TagRecord[] = [{ key: 'team', value: 'fraud' }],
) =>
  copyVersion(openSession(federation), {
    source: { kind: 'key', registry: 'from', model: 'churn', version: '1' },
    destination: { registry: 'to', name: 'copy' },
    artifacts: 'COPY',
    tags,
    idempotencyKey,
  })

const done = { registry: 'to', model: 'copy', version: '1', createdModel: true }

function expectDone(): void {
  const [version, ...others] = to.versionsOf('copy')
  expect(others).toEqual([])
  expect(version).toMatchObject({ version: '1', status: 'READY', statusMessage: null })
  expect(Object.fromEntries(version?.tags ?? [])).toMatchObject({
    team: 'fraud',
    'modelgate.copied_from': 'models://from/churn/1',
  })
  expect(Object.fromEntries(to.movedFiles)).toEqual(files)
}

describe('a copy into a registry that makes a version before its files', () => {
  it('is finalised, and no other version is made', async () => {
    expect(await copy()).toEqual(done)
    expectDone()
    expect(to.count('versions.create')).toBe(0)
  })

  it('is pending until all files are there', async () => {
    const seen: unknown[] = []
    takeIn(({ put, finalise }) => ({
      async put(file, bytes, call) {
        seen.push(to.versionsOf('copy')[0]?.status)
        await put(file, bytes, call)
      },
      async finalise(version, call) {
        seen.push(to.versionsOf('copy')[0]?.status)
        return finalise(version, call)
      },
    }))
    await copy()
    expect(seen).toEqual(['PENDING', 'PENDING', 'PENDING'])
  })

  it('leaves no version and no model when the files break off', async () => {
    from.exports = { read: () => Promise.reject(new RegistryError('REGISTRY_UNAVAILABLE', 'Gone.')) }
    await expect(copy()).rejects.toMatchObject({ error: { nothingWritten: true } })
    expect([...to.store.models.keys()]).toEqual([])
    expect(to.movedFiles).toEqual([])
  })

  it('leaves no version and no model when the registry will not finalise it', async () => {
    const refusal = new RegistryError('POLICY_VIOLATION', 'Not without an approval.')
    takeIn(() => ({ finalise: () => Promise.reject(refusal) }))
    await expect(copy('key')).rejects.toMatchObject({
      error: { code: 'POLICY_VIOLATION', nothingWritten: true },
    })
    expect([...to.store.models.keys()]).toEqual([])
    expect(to.movedFiles).toEqual([])
    takeIn(() => ({}))
    expect(await copy('key')).toEqual(done)
    expectDone()
  })

  it.each([true, false])('is found or finished by its key when nobody knows (done: %s)', async (isDone) => {
    takeIn(({ finalise }) => ({
      async finalise(version, call) {
        if (isDone) await finalise(version, call)
        throw new RegistryError('REGISTRY_TIMEOUT', 'No answer.')
      },
    }))
    await expect(copy('key')).rejects.toThrow(/Whether it was written is not known\. Ask again/)
    expect(to.versionsOf('copy').map(({ status }) => status)).toEqual([isDone ? 'READY' : 'PENDING'])
    let finalised = 0
    takeIn(({ finalise }) => ({
      async finalise(version, call) {
        finalised++
        return finalise(version, call)
      },
    }))
    expect(await copy('key')).toEqual(done)
    expect(await copy('key')).toEqual(done)
    expect(finalised).toBe(isDone ? 0 : 1)
    expectDone()
  })

  it('is begun and finalised while no other write goes to the model', async () => {
    let writing = 0
    let most = 0
    const alone = async <T>(write: () => Promise<T>): Promise<T> => {
      most = Math.max(most, ++writing)
      await new Promise((resolve) => setImmediate(resolve))
      return write().finally(() => writing--)
    }
    takeIn(({ finalise }) => ({
      finalise: (version, call) => alone(() => finalise(version, call)),
    }))
    const { imports } = to
    to.imports = (own) => ({ begin: (transfer, call) => alone(() => imports(own).begin(transfer, call)) })
    await Promise.all([copy('one'), copy('two'), copy('three')])
    expect(most).toBe(1)
    expect(to.versionsOf('copy').map(({ version, status }) => [version, status])).toEqual([
      ['1', 'READY'],
      ['2', 'READY'],
      ['3', 'READY'],
    ])
  })

  it('is not taken for done by the note of its origin, where the registry keeps no tags', async () => {
    const { store } = to
    const pending = createPendingImports(store, createMemoryGate())
    let isAnswering = false
    const imports: ArtifactImports = {
      async begin(transfer, call) {
        const { finalise, ...upload } = await pending.begin(transfer, call)
        return {
          ...upload,
          async finalise(version, finalising) {
            expect(version.tags).toEqual([])
            if (isAnswering) return (await finalise?.(version, finalising)) ?? ''
            throw new RegistryError('REGISTRY_TIMEOUT', 'No answer.')
          },
        }
      },
    }
    const adapter: Adapter = { ...createTaglessAdapter(store), imports }
    federation = openFederation({ from, to: { adapter } })
    await expect(copy('key', [])).rejects.toThrow(/Ask again/)
    isAnswering = true
    expect(await copy('key', [])).toEqual(done)
    const version = await openSession(federation).registry('to').version({ model: 'copy', version: '1' })
    expect(version).toMatchObject({ status: 'READY', source: 'models://from/churn/1' })
    expect(to.versionsOf('copy')).toHaveLength(1)
  })
})
