import type { ArtifactUpload } from '../../../src/contract/index.ts'
import { createMemoryGate } from '../memory/memory-gate.ts'
import type { MemoryStore } from '../memory/memory-store.ts'
import { createPendingImports } from '../memory/pending-imports.ts'
import type { MemoryAdapter } from '../memory-adapter.ts'
import { timeless } from '../timeless-call.ts'
import { everyVersion } from '../wrong-readers/wrong-reader.ts'
import { type WrongWriter, withImports, withUploads } from './wrong-writer.ts'

type Spoil = WrongWriter['spoil']
type Pending = Required<ArtifactUpload>

/** Of the order in which a version is made before its files. */
const pending =
  (spoil: Spoil): Spoil =>
  (adapter, store) => {
    const gate = createMemoryGate()
    const close = async () => {
      gate.close()
      await adapter.close()
    }
    return spoil({ ...adapter, imports: createPendingImports(store, gate), close }, store)
  }

const withPending = (
  change: (upload: Pending, adapter: MemoryAdapter, store: MemoryStore) => Partial<Pending>,
): Spoil =>
  pending((adapter, store) =>
    withUploads((upload) => change(upload as Pending, adapter, store))(adapter, store),
  )

export const wrongWithPendingVersions: readonly WrongWriter[] = [
  {
    wrong: 'shows a version as READY while its files are on their way',
    fails: ['MG-FINAL-001', 'MG-FINAL-005'],
    spoil: pending((adapter) =>
      everyVersion((row) => (row.source?.startsWith('memory://') ? { ...row, status: 'READY' } : row))(
        adapter,
      ),
    ),
  },
  {
    wrong: 'finalises a version without its description',
    fails: ['MG-FINAL-002'],
    spoil: withPending(({ finalise }) => ({
      finalise: (version, call) => finalise({ ...version, description: null }, call),
    })),
  },
  {
    wrong: 'makes a version each time a transfer is begun',
    fails: ['MG-FINAL-003'],
    spoil: pending((adapter, store) =>
      withImports(({ begin }) => ({
        async begin(transfer, call) {
          const versions = store.models.get(transfer.model)?.versions ?? new Map()
          const earlier = [...versions].find(([, { place }]) => place === `memory://${transfer.id}`)
          const upload = await begin(transfer, call)
          if (earlier) versions.set(`${versions.size + 1}`, { ...earlier[1], place: null })
          return upload
        },
      }))(adapter, store),
    ),
  },
  {
    wrong: 'makes another version when it is told to finalise again',
    fails: ['MG-FINAL-004'],
    spoil: withPending(({ finish, finalise }, { writes }) => {
      let answer: string | null = null
      let imported: Awaited<ReturnType<typeof finish>> | null = null
      return {
        async finish(files, call) {
          imported ??= await finish(files, call)
          return imported
        },
        async finalise(version, call) {
          if (answer !== null) return writes.versions.create(version, call)
          answer = await finalise(version, call)
          return answer
        },
      }
    }),
  },
  {
    wrong: 'leaves the pending version of a transfer that was discarded',
    fails: ['MG-FINAL-006'],
    spoil: pending((adapter, store) =>
      withImports(({ begin }) => ({
        async begin(transfer, call) {
          const upload = await begin(transfer, call)
          const versions = store.models.get(transfer.model)?.versions ?? new Map()
          return {
            ...upload,
            async discard(discarding) {
              const before = [...versions]
              await upload.discard(discarding)
              for (const [number, version] of before) versions.set(number, version)
            },
          }
        },
      }))(adapter, store),
    ),
  },
  {
    wrong: 'discards what was finalised',
    fails: ['MG-FINAL-007', 'MG-TRANSFER-009'],
    spoil: withPending(({ discard, finalise }, adapter) => {
      let made: { readonly model: string; readonly version: string } | null = null
      return {
        async finalise(version, call) {
          made = { model: version.model, version: await finalise(version, call) }
          return made.version
        },
        discard: (call) => (made ? adapter.writes.versions.delete(made, call) : discard(call)),
      }
    }),
  },
  {
    wrong: 'finalises though the signal has fired',
    fails: ['MG-FINAL-005'],
    spoil: withPending(({ finalise }) => ({
      finalise: (version, call) => finalise(version, timeless(call)),
    })),
  },
  {
    wrong: 'keeps a model of which a transfer was discarded',
    fails: ['MG-FINAL-008'],
    spoil: pending((adapter, store) => {
      const { models } = adapter.writes
      const takeBack: typeof models.takeBack = async (name, key, call) => {
        if (store.models.get(name)?.numbered) return false
        return models.takeBack(name, key, call)
      }
      return { ...adapter, writes: { ...adapter.writes, models: { ...models, takeBack } } }
    }),
  },
  {
    wrong: 'makes the model of a transfer',
    fails: ['MG-FINAL-009'],
    spoil: pending((adapter, store) =>
      withImports(({ begin }) => ({
        async begin(transfer, call) {
          const plain = { description: null, tags: [], idempotencyKey: null }
          const isThere = store.models.has(transfer.model) || store.hidden.has(transfer.model)
          if (!isThere) await adapter.writes.models.create({ name: transfer.model, ...plain }, call)
          return begin(transfer, call)
        },
      }))(adapter, store),
    ),
  },
]
