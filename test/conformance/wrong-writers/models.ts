import type { ModelVersionRecord } from '../../../src/contract/index.ts'
import { type MemoryModel, theModel } from '../memory/memory-store.ts'
import { swallow, type WrongWriter, withModels } from './wrong-writer.ts'

export const wrongWithModels: readonly WrongWriter[] = [
  {
    wrong: 'trims the description of a new model',
    fails: ['MG-WMODEL-001'],
    spoil: withModels(({ create }) => ({
      create: (model, call) => create({ ...model, description: model.description?.trim() ?? null }, call),
    })),
  },
  {
    wrong: 'encodes the names of models',
    fails: ['MG-WMODEL-002'],
    spoil: withModels(({ create }) => ({
      create: (model, call) => create({ ...model, name: encodeURI(model.name) }, call),
    })),
  },
  {
    wrong: 'keeps an empty description as it is',
    fails: ['MG-WMODEL-003'],
    spoil: withModels(({ create }, store) => ({
      async create(model, call) {
        await create(model, call)
        if (model.description === '') theModel(store, model.name).description = ''
      },
    })),
  },
  {
    wrong: 'updates a model that is there instead of creating it',
    fails: ['MG-WMODEL-004', 'MG-WRACE-002', 'MG-WKEY-004', 'MG-WHIDDEN-002'],
    spoil: withModels(({ create, describe }) => ({
      async create(model, call) {
        await swallow('ALREADY_EXISTS', create(model, call))
        await describe(model.name, model.description, call)
      },
    })),
  },
  {
    wrong: 'takes null for no change of the description',
    fails: ['MG-WMODEL-005'],
    spoil: withModels(({ describe, setTags }) => ({
      describe: (name, description, call) =>
        description === null ? setTags(name, [], call) : describe(name, description, call),
    })),
  },
  {
    wrong: 'describes a missing model without a word',
    fails: ['MG-WMODEL-006', 'MG-WRITE-006', 'MG-WHIDDEN-001'],
    spoil: withModels(({ describe }) => ({
      describe: (name, description, call) => swallow('NOT_FOUND', describe(name, description, call)),
    })),
  },
  {
    wrong: 'loses the aliases of a renamed model',
    fails: ['MG-WMODEL-007'],
    spoil: withModels(({ rename }, store) => ({
      async rename(name, newName, call) {
        await rename(name, newName, call)
        theModel(store, newName).aliases.clear()
      },
    })),
  },
  {
    wrong: 'replaces the model that has the name',
    fails: ['MG-WMODEL-008'],
    spoil: withModels(({ rename }, store) => ({
      async rename(name, newName, call) {
        if (store.models.has(name)) store.models.delete(newName)
        await rename(name, newName, call)
      },
    })),
  },
  {
    wrong: 'renames a missing model without a word',
    fails: ['MG-WMODEL-009', 'MG-WHIDDEN-001'],
    spoil: withModels(({ rename }) => ({
      rename: (name, newName, call) => swallow('NOT_FOUND', rename(name, newName, call)),
    })),
  },
  {
    wrong: 'leaves the versions of a deleted model',
    fails: ['MG-WMODEL-010'],
    spoil(adapter, store) {
      const left = new Map<string, ModelVersionRecord>()
      const { get } = adapter.versions
      const leaving = withModels((models) => ({
        async delete(name, call) {
          const keys = [...(store.models.get(name)?.versions.keys() ?? [])].map((version) => ({
            model: name,
            version,
          }))
          for (const row of await get(keys, call))
            if (row !== null && 'modelName' in row) left.set(`${name} ${row.version}`, row)
          await models.delete(name, call)
        },
      }))
      return {
        ...leaving(adapter, store),
        versions: {
          ...adapter.versions,
          get: async (keys, call) =>
            (await get(keys, call)).map(
              (row, index) => row ?? left.get(`${keys[index]?.model} ${keys[index]?.version}`) ?? null,
            ),
        },
      }
    },
  },
  {
    wrong: 'deletes a missing model without a word',
    fails: ['MG-WMODEL-011', 'MG-WHIDDEN-001'],
    spoil: withModels((models) => ({
      delete: (name, call) => swallow('NOT_FOUND', models.delete(name, call)),
    })),
  },
  {
    wrong: 'takes a deleted model up again with its aliases',
    fails: ['MG-WMODEL-012'],
    spoil(adapter, store) {
      const hidden = new Map<string, MemoryModel>()
      return withModels((models) => ({
        async delete(name, call) {
          const model = store.models.get(name)
          await models.delete(name, call)
          if (model !== undefined) hidden.set(name, model)
        },
        async create(model, call) {
          await models.create(model, call)
          const { aliases } = theModel(store, model.name)
          for (const [alias, version] of hidden.get(model.name)?.aliases ?? []) aliases.set(alias, version)
        },
      }))(adapter, store)
    },
  },
]
