import { RegistryError, type TagRecord, type VersionKey } from '../../../src/contract/index.ts'
import { createHangingAdapter } from '../hanging-adapter.ts'
import { timeless } from '../timeless-call.ts'
import { type WrongWriter, withModels, withStages, withVersions } from './wrong-writer.ts'

export const wrongInGeneral: readonly WrongWriter[] = [
  {
    wrong: 'moves versions between stages that it does not know',
    fails: ['MG-WRITE-001'],
    spoil: (adapter) => ({
      ...adapter,
      describe: async (call) => ({ ...(await adapter.describe(call)), stages: [] }),
    }),
  },
  {
    wrong: 'is read-only, and copies',
    fails: ['MG-WRITE-002'],
    spoil: ({ writes: _, imports: __, ...adapter }) => adapter,
  },
  {
    wrong: 'keeps tags back until it is next read',
    fails: ['MG-WRITE-003', 'MG-WCHANGE-001'],
    spoil(adapter, store) {
      const kept: [VersionKey, readonly TagRecord[]][] = []
      const flush = async () => {
        for (const [{ model, version }, tags] of kept.splice(0)) {
          const row = store.models.get(model)?.versions.get(version)
          for (const { key, value } of tags) row?.tags.set(key, value)
        }
      }
      const { versions, writes } = adapter
      return {
        ...adapter,
        versions: {
          ...versions,
          get: (keys, call) => flush().then(() => versions.get(keys, call)),
          list: (query, call) => flush().then(() => versions.list(query, call)),
        },
        writes: {
          ...writes,
          versions: {
            ...writes.versions,
            async setTags(key, tags, call) {
              await writes.versions.setTags(key, [], call)
              kept.push([key, tags])
            },
            deleteTags: (key, keys, call) => flush().then(() => writes.versions.deleteTags(key, keys, call)),
          },
        },
      }
    },
  },
  {
    wrong: 'knows its stages only after it was described',
    fails: ['MG-WRITE-004'],
    spoil(adapter, store) {
      let described = false
      const knowing = withStages(({ transition }) => ({
        async transition(key, move, call) {
          if (!described) throw new RegistryError('BAD_USER_INPUT', `There is no stage ${move.stage}.`)
          return transition(key, move, call)
        },
      }))
      return {
        ...knowing(adapter, store),
        describe(call) {
          described = true
          return adapter.describe(call)
        },
      }
    },
  },
  {
    wrong: 'writes after it was closed',
    fails: ['MG-WRITE-005'],
    spoil: (adapter) => ({ ...adapter, async close() {} }),
  },
  {
    wrong: 'fails on a version that is no number',
    fails: ['MG-WRITE-006'],
    spoil: withVersions(({ setTags }) => ({
      async setTags(key, tags, call) {
        if (Number.isNaN(Number(key.version))) throw new TypeError('version is not a number')
        return setTags(key, tags, call)
      },
    })),
  },
  {
    wrong: 'does not count the requests of a write',
    fails: ['MG-WRITE-007'],
    spoil: withVersions(({ setTags }) => ({
      setTags: (key, tags, call) => setTags(key, tags, { ...call, countRequest() {} }),
    })),
  },
  {
    wrong: 'sets tags where it says that there are none',
    fails: ['MG-WRITE-008', 'MG-WCHANGE-001'],
    spoil: (adapter) => ({
      ...adapter,
      async describe(call) {
        const description = await adapter.describe(call)
        return { ...description, levels: { ...description.levels, tags: 'NONE' } }
      },
    }),
  },
  {
    wrong: 'writes though the signal has fired',
    fails: ['MG-WCANCEL-001', 'MG-WCANCEL-002'],
    spoil: withModels(({ describe }) => ({
      describe: (name, description, call) => describe(name, description, timeless(call)),
    })),
  },
  {
    wrong: 'waits for a backend that hangs',
    fails: ['MG-WCANCEL-003'],
    spoil: (adapter) => adapter,
    connectHanging() {
      const { writes, ...adapter } = createHangingAdapter()
      return {
        ...adapter,
        writes: {
          ...writes,
          versions: {
            ...writes.versions,
            create: (version, call) => writes.versions.create(version, timeless(call)),
          },
        },
      }
    },
  },
]
