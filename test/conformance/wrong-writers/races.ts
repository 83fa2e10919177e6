import { RegistryError } from '../../../src/contract/index.ts'
import { findVersion, type MemoryStore, theModel, theVersion } from '../memory/memory-store.ts'
import { turn, type WrongWriter, withAliases, withModels, withStages, withVersions } from './wrong-writer.ts'

const unique = () => new RegistryError('REGISTRY_ERROR', 'The registry failed: UNIQUE constraint failed.')

const holderOf = ({ models }: MemoryStore, model: string, alias: string) =>
  models.get(model)?.aliases.get(alias) ?? null

export const wrongInRaces: readonly WrongWriter[] = [
  {
    wrong: 'counts the versions and takes the next number',
    fails: ['MG-WRACE-001', 'MG-TRANSFER-004'],
    spoil: withVersions(({ create }, store) => ({
      async create(version, call) {
        if (version.idempotencyKey !== null || !store.models.has(version.model)) return create(version, call)
        const model = theModel(store, version.model)
        const { numbered } = model
        await turn()
        if (!call.signal.aborted) model.numbered = numbered
        return create(version, call)
      },
    })),
  },
  {
    wrong: 'looks whether a name is free and takes it then',
    fails: ['MG-WRACE-002'],
    spoil: withModels(({ create }, { models }) => ({
      async create(model, call) {
        const isFree = !models.has(model.name)
        await turn()
        if (isFree && model.idempotencyKey === null) models.delete(model.name)
        await create(model, call)
      },
    })),
  },
  {
    wrong: 'fails when an alias comes up between look and write',
    fails: ['MG-WRACE-003'],
    spoil: withAliases(({ set }, store) => ({
      async set(key, version, expected, call) {
        const before = holderOf(store, key.model, key.alias)
        await turn()
        const after = holderOf(store, key.model, key.alias)
        if (expected === undefined && before === null && after !== null) throw unique()
        return set(key, version, expected, call)
      },
    })),
  },
  {
    wrong: 'fails when a tag comes up between look and write',
    fails: ['MG-WRACE-004'],
    spoil: withVersions(({ setTags }, store) => ({
      async setTags(key, tags, call) {
        const isThere = () => tags.some((tag) => findVersion(store, key)?.tags.has(tag.key))
        const before = isThere()
        await turn()
        if (!before && isThere()) throw unique()
        return setTags(key, tags, call)
      },
    })),
  },
  {
    wrong: 'reads all tags, changes them and writes all',
    fails: ['MG-WRACE-005'],
    spoil: withVersions(({ setTags }, store) => ({
      async setTags(key, tags, call) {
        const before = [...(findVersion(store, key)?.tags ?? [])].map(([name, value]) => ({
          key: name,
          value,
        }))
        await turn()
        await setTags(key, [], call)
        theVersion(store, key).tags.clear()
        return setTags(key, [...before, ...tags], call)
      },
    })),
  },
  {
    wrong: 'looks for the expected holder and moves the alias then',
    fails: ['MG-WRACE-006', 'MG-WRACE-007'],
    spoil: withAliases(({ set }, store) => ({
      async set(key, version, expected, call) {
        const current = holderOf(store, key.model, key.alias)
        if (expected !== undefined && current !== expected) return set(key, version, expected, call)
        await turn()
        return set(key, version, undefined, call)
      },
    })),
  },
  {
    wrong: 'looks whether nobody holds the alias and sets it then',
    fails: ['MG-WRACE-007'],
    spoil: withAliases(({ set }, store) => ({
      async set(key, version, expected, call) {
        if (expected !== null || holderOf(store, key.model, key.alias) !== null)
          return set(key, version, expected, call)
        await turn()
        return set(key, version, undefined, call)
      },
    })),
  },
  {
    wrong: 'looks for the expected stage and moves the version then',
    fails: ['MG-WRACE-008'],
    spoil: withStages(({ transition }, store) => ({
      async transition(key, move, call) {
        const current = findVersion(store, key)?.stage
        if (move.expected !== undefined && current !== move.expected) return transition(key, move, call)
        await turn()
        return transition(key, { ...move, expected: undefined }, call)
      },
    })),
  },
]
