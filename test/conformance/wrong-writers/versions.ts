import type { ModelVersionRecord } from '../../../src/contract/index.ts'
import { theModel } from '../memory/memory-store.ts'
import { swallow, type WrongWriter, withVersionReads, withVersions } from './wrong-writer.ts'

export const wrongWithVersions: readonly WrongWriter[] = [
  {
    wrong: 'reads versions from an index that lags behind',
    fails: ['MG-WVERSION-001', 'MG-WVERSION-009'],
    spoil(adapter, store) {
      const fresh = new Set<string>()
      const lagging = withVersions(({ create }) => ({
        async create(version, call) {
          fresh.add(version.model)
          return create(version, call)
        },
      }))
      const late = (model = '') => fresh.delete(model)
      return {
        ...lagging(adapter, store),
        versions: {
          ...adapter.versions,
          ofModels: async (names, limit, call) =>
            (await adapter.versions.ofModels(names, limit, call)).map((one, index) =>
              one && 'versions' in one && late(names[index])
                ? { ...one, versions: one.versions.slice(1) }
                : one,
            ),
        },
      }
    },
  },
  {
    wrong: 'trims the description of a new version',
    fails: ['MG-WVERSION-002'],
    spoil: withVersions(({ create }) => ({
      create: (version, call) =>
        create({ ...version, description: version.description?.trim() ?? null }, call),
    })),
  },
  {
    wrong: 'gives "" for no run',
    fails: ['MG-WVERSION-003'],
    spoil: withVersionReads(({ get }) => ({
      get: async (keys, call) =>
        (await get(keys, call)).map((row) =>
          row && 'runId' in row ? { ...row, runId: row.runId ?? '' } : row,
        ),
    })),
  },
  {
    wrong: 'keeps the place of a run’s files for the source',
    fails: ['MG-WVERSION-004'],
    spoil: withVersions(({ create }) => ({
      create: (version, call) =>
        create({ ...version, source: version.source.replace(/^runs:/, 's3://bucket/runs') }, call),
    })),
  },
  {
    wrong: 'makes the model of a version that has none',
    fails: ['MG-WVERSION-005', 'MG-WKEY-007'],
    spoil: withVersions(({ create }, _store, { writes }) => ({
      async create(version, call) {
        const model = { name: version.model, description: null, tags: [], idempotencyKey: null }
        await swallow('ALREADY_EXISTS', writes.models.create(model, call))
        return create(version, call)
      },
    })),
  },
  {
    wrong: 'sends again what it takes for lost',
    fails: [
      'MG-WVERSION-006',
      'MG-WVERSION-009',
      'MG-WMODEL-010',
      'MG-WRACE-001',
      'MG-WKEY-001',
      'MG-WCOPY-008',
    ],
    spoil: withVersions(({ create }) => ({
      async create(version, call) {
        if (version.idempotencyKey === null) await create(version, call)
        return create(version, call)
      },
    })),
  },
  {
    wrong: 'describes all versions at once',
    fails: ['MG-WVERSION-007'],
    spoil: withVersions(({ describe }, store) => ({
      async describe(key, description, call) {
        await describe(key, description, call)
        for (const version of theModel(store, key.model).versions.values()) version.description = description
      },
    })),
  },
  {
    wrong: 'describes a missing version without a word',
    fails: ['MG-WVERSION-008', 'MG-WRITE-006', 'MG-WHIDDEN-001'],
    spoil: withVersions(({ describe }) => ({
      describe: (key, description, call) => swallow('NOT_FOUND', describe(key, description, call)),
    })),
  },
  {
    wrong: 'hides a deleted version from lists only',
    fails: ['MG-WVERSION-009'],
    spoil(adapter, store) {
      const hidden = new Map<string, ModelVersionRecord>()
      const { get } = adapter.versions
      const hiding = withVersions((versions) => ({
        async delete(key, call) {
          const [row] = await get([key], call)
          await versions.delete(key, call)
          if (row && 'modelName' in row) hidden.set(`${key.model} ${key.version}`, row)
        },
      }))
      return {
        ...hiding(adapter, store),
        versions: {
          ...adapter.versions,
          get: async (keys, call) =>
            (await get(keys, call)).map(
              (row, index) => row ?? hidden.get(`${keys[index]?.model} ${keys[index]?.version}`) ?? null,
            ),
        },
      }
    },
  },
  {
    wrong: 'gives a number again after its version was deleted',
    fails: ['MG-WVERSION-010', 'MG-WBACK-002'],
    spoil: withVersions((versions, store) => ({
      async delete(key, call) {
        await versions.delete(key, call)
        const model = theModel(store, key.model)
        model.numbered = Math.max(0, ...[...model.versions.keys()].map(Number))
      },
    })),
  },
  {
    wrong: 'leaves the aliases of a deleted version',
    fails: ['MG-WVERSION-011'],
    spoil: withVersions((versions, store) => ({
      async delete(key, call) {
        const { aliases } = theModel(store, key.model)
        const held = [...aliases]
        await versions.delete(key, call)
        for (const [alias, holder] of held) aliases.set(alias, holder)
      },
    })),
  },
  {
    wrong: 'deletes a missing version without a word',
    fails: ['MG-WVERSION-012', 'MG-WHIDDEN-001'],
    spoil: withVersions((versions) => ({
      delete: (key, call) => swallow('NOT_FOUND', versions.delete(key, call)),
    })),
  },
  {
    wrong: 'takes the slash off the end of a source',
    fails: ['MG-WVERSION-013'],
    spoil: withVersions(({ create }) => ({
      create: (version, call) => create({ ...version, source: version.source.replace(/\/+$/, '') }, call),
    })),
  },
]
