import { RegistryError } from '../../../src/contract/index.ts'
import { theVersion } from '../memory/memory-store.ts'
import { swallow, type WrongWriter, withModels, withVersions } from './wrong-writer.ts'

export const wrongWithHiddenWrites: readonly WrongWriter[] = [
  {
    wrong: 'sets tags of versions that no read shows',
    fails: ['MG-WHIDDEN-001'],
    spoil: withVersions(({ setTags }, store) => ({
      async setTags(key, tags, call) {
        if (!store.hidden.has(key.model)) return setTags(key, tags, call)
        const { tags: own } = theVersion({ ...store, models: store.hidden }, key)
        for (const { key: name, value } of tags) own.set(name, value)
      },
    })),
  },
  {
    wrong: 'says that what no read shows is not there, and deletes it',
    fails: ['MG-WHIDDEN-001', 'MG-WHIDDEN-002'],
    spoil: withModels(({ delete: remove }, store) => ({
      async delete(name, call) {
        store.hidden.delete(name)
        await remove(name, call)
      },
    })),
  },
  {
    wrong: 'renames a model over what no read shows',
    fails: ['MG-WHIDDEN-002'],
    spoil: withModels(({ rename }, store) => ({
      async rename(name, newName, call) {
        const there = store.hidden.get(newName)
        store.hidden.delete(newName)
        await rename(name, newName, call)
        if (there) store.hidden.set(newName, there)
      },
    })),
  },
  {
    wrong: 'does not say what has a name that it refuses',
    fails: ['MG-WHIDDEN-002'],
    spoil: withModels(({ create }, store) => ({
      async create(model, call) {
        if (!store.hidden.has(model.name)) return create(model, call)
        call.countRequest()
        await swallow('ALREADY_EXISTS', create(model, call))
        throw new RegistryError('ALREADY_EXISTS', 'The name is taken.')
      },
    })),
  },
  {
    wrong: 'copies what no read shows',
    fails: ['MG-WHIDDEN-003'],
    spoil: (adapter, store) => ({
      ...adapter,
      copies: {
        async copy(copy, call) {
          const { model, version } = copy.source
          const own = store.hidden.get(model)?.versions.get(version)
          if (own === undefined || !store.models.has(copy.model)) return adapter.copies.copy(copy, call)
          const { source = null } = own
          return adapter.writes.versions.create({ ...copy, source: source ?? '', runId: null }, call)
        },
      },
    }),
  },
]
