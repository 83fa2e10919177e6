import type { CopyWrites } from '../../../src/contract/index.ts'
import { findVersion, type MemoryStore, originalOf, theModel } from '../memory/memory-store.ts'
import type { MemoryAdapter } from '../memory-adapter.ts'
import { swallow, type WrongWriter, withVersionReads, withVersions } from './wrong-writer.ts'

const isCopied = (source: string | null | undefined) => source?.startsWith('models:/') === true

const withCopies =
  (change: (copies: CopyWrites, store: MemoryStore, adapter: MemoryAdapter) => CopyWrites) =>
  (adapter: MemoryAdapter, store: MemoryStore) => ({
    ...adapter,
    copies: change(adapter.copies, store, adapter),
  })

export const wrongWithCopies: readonly WrongWriter[] = [
  {
    wrong: 'keeps the place of the original’s files for the source',
    fails: ['MG-WCOPY-001', 'MG-WCOPY-002', 'MG-WCOPY-004'],
    spoil: withVersions(({ create }, store) => ({
      async create(version, call) {
        if (!isCopied(version.source)) return create(version, call)
        const original = originalOf(store, version.source)
        return create({ ...version, source: original?.place ?? '', runId: original?.runId ?? null }, call)
      },
    })),
  },
  {
    wrong: 'forgets the run of a copy',
    fails: ['MG-WCOPY-001', 'MG-WCOPY-002'],
    spoil: withVersions(({ create }, store) => ({
      async create(version, call) {
        const number = await create(version, call)
        const made = findVersion(store, { model: version.model, version: number })
        if (made !== undefined && isCopied(version.source)) Object.assign(made, { runId: version.runId })
        return number
      },
    })),
  },
  {
    wrong: 'takes the first of all for the source of a copy’s copy',
    fails: ['MG-WCOPY-002'],
    spoil: withVersions(({ create }, store) => ({
      async create(version, call) {
        const parent = isCopied(version.source) ? originalOf(store, version.source)?.source : null
        return create({ ...version, source: parent && isCopied(parent) ? parent : version.source }, call)
      },
    })),
  },
  {
    wrong: 'looks for the files of a copy under its name',
    fails: ['MG-WCOPY-003', 'MG-WCOPY-009', 'MG-TRANSFER-005'],
    spoil: withVersions(({ create }, store) => ({
      async create(version, call) {
        const number = await create(version, call)
        const made = findVersion(store, { model: version.model, version: number })
        if (made !== undefined) Object.assign(made, { place: version.source })
        return number
      },
    })),
  },
  {
    wrong: 'forgets the source of a copy with the original',
    fails: ['MG-WCOPY-004'],
    spoil: withVersions((versions, { models }) => ({
      async delete(key, call) {
        await versions.delete(key, call)
        const uri = `models:/${key.model}/${key.version}`
        for (const model of models.values())
          for (const version of model.versions.values())
            if (version.source === uri) Object.assign(version, { source: null })
      },
    })),
  },
  {
    wrong: 'copies with the first of all for the source',
    fails: ['MG-WCOPY-005'],
    spoil: withCopies(({ copy }, store) => ({
      async copy(wanted, call) {
        const number = await copy(wanted, call)
        const made = findVersion(store, { model: wanted.model, version: number })
        const parent = findVersion(store, wanted.source)?.source ?? null
        if (made !== undefined && isCopied(parent)) Object.assign(made, { source: parent })
        return number
      },
    })),
  },
  {
    wrong: 'copies the tags of the original too',
    fails: ['MG-WCOPY-006'],
    spoil: withCopies(({ copy }, store) => ({
      async copy(wanted, call) {
        const own = [...(findVersion(store, wanted.source)?.tags ?? [])].map(([key, value]) => ({
          key,
          value,
        }))
        return copy({ ...wanted, tags: [...own, ...wanted.tags] }, call)
      },
    })),
  },
  {
    wrong: 'copies without the files',
    fails: ['MG-WCOPY-007', 'MG-WCOPY-009'],
    spoil: withCopies(({ copy }, store) => ({
      async copy(wanted, call) {
        const number = await copy(wanted, call)
        const made = findVersion(store, { model: wanted.model, version: number })
        if (made !== undefined) Object.assign(made, { place: made.source })
        return number
      },
    })),
  },
  {
    wrong: 'makes the model that it copies into',
    fails: ['MG-WCOPY-008'],
    spoil: withCopies(({ copy }, _store, { writes }) => ({
      async copy(wanted, call) {
        const model = { name: wanted.model, description: null, tags: [], idempotencyKey: null }
        await swallow('ALREADY_EXISTS', writes.models.create(model, call))
        return copy(wanted, call)
      },
    })),
  },
  {
    wrong: 'gives the source of a copy for the place of its files',
    fails: ['MG-WCOPY-009'],
    spoil: withVersionReads(({ get }) => ({
      get: async (keys, call) =>
        (await get(keys, call)).map((row) =>
          row && 'source' in row ? { ...row, artifactUri: row.source } : row,
        ),
    })),
  },
  {
    wrong: 'takes the tags of the original over where a version is made of it',
    fails: ['MG-WCOPY-010'],
    spoil: withVersions(({ create }, store) => ({
      create(version, call) {
        const inherited = isCopied(version.source) ? originalOf(store, version.source)?.tags : undefined
        const tags = [...(inherited ?? [])].map(([key, value]) => ({ key, value }))
        return create({ ...version, tags: [...tags, ...version.tags] }, call)
      },
    })),
  },
  {
    wrong: 'points the aliases of the original’s model to the copy',
    fails: ['MG-WCOPY-010'],
    spoil: withVersions(({ create }, store) => ({
      async create(version, call) {
        const [, model = ''] = /^models:\/(.*)\/[^/]+$/s.exec(version.source) ?? []
        const number = await create(version, call)
        const { aliases } = theModel(store, version.model)
        for (const alias of store.models.get(model)?.aliases.keys() ?? []) aliases.set(alias, number)
        return number
      },
    })),
  },
  {
    wrong: 'describes a copy in the words of the original where it is given none',
    fails: ['MG-WCOPY-006'],
    spoil: withCopies(({ copy }, store) => ({
      copy(wanted, call) {
        const original = findVersion(store, wanted.source)
        return copy({ ...wanted, description: wanted.description ?? original?.description ?? null }, call)
      },
    })),
  },
]
