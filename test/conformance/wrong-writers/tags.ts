import { RegistryError, type TagRecord } from '../../../src/contract/index.ts'
import { findVersion } from '../memory/memory-store.ts'
import { swallow, type WrongWriter, withModels, withVersions } from './wrong-writer.ts'

const lower = (tags: readonly TagRecord[]) =>
  tags.map(({ key, value }) => ({ key: key.toLowerCase(), value }))
const short = (tags: readonly TagRecord[]) =>
  tags.map(({ key, value }) => ({ key, value: value.slice(0, 5000) }))
const filled = (tags: readonly TagRecord[]) => tags.filter(({ value }) => value !== '')

/** Of all keys in any case. */
const likeAny = (keys: readonly string[], tags: ReadonlyMap<string, string> = new Map()) =>
  [...tags.keys()].filter((key) => keys.some((one) => one.toLowerCase() === key.toLowerCase()))

function assertThere(keys: readonly string[], tags: ReadonlyMap<string, string> = new Map()): void {
  for (const key of keys)
    if (!tags.has(key)) throw new RegistryError('NOT_FOUND', `There is no tag ${JSON.stringify(key)}.`)
}

const wrongWithModelTags: readonly WrongWriter[] = [
  {
    wrong: 'sets the tags of a model in the place of all',
    fails: ['MG-WTAG-101', 'MG-WTAG-104', 'MG-WRACE-005', 'MG-WCHANGE-001'],
    spoil: withModels(({ setTags }, { models }) => ({
      async setTags(name, tags, call) {
        await setTags(name, [], call)
        models.get(name)?.tags.clear()
        await setTags(name, tags, call)
      },
    })),
  },
  {
    wrong: 'folds the keys of a model’s tags',
    fails: ['MG-WTAG-102'],
    spoil: withModels(({ setTags }) => ({ setTags: (name, tags, call) => setTags(name, lower(tags), call) })),
  },
  {
    wrong: 'cuts the values of a model’s tags',
    fails: ['MG-WTAG-103'],
    spoil: withModels(({ setTags }) => ({ setTags: (name, tags, call) => setTags(name, short(tags), call) })),
  },
  {
    wrong: 'leaves the empty tags of a model out',
    fails: ['MG-WTAG-104', 'MG-WTAG-102'],
    spoil: withModels(({ setTags }) => ({
      setTags: (name, tags, call) => setTags(name, filled(tags), call),
    })),
  },
  {
    wrong: 'deletes the tags of a model without regard to case',
    fails: ['MG-WTAG-105'],
    spoil: withModels(({ deleteTags }, { models }) => ({
      deleteTags: (name, keys, call) => deleteTags(name, likeAny(keys, models.get(name)?.tags), call),
    })),
  },
  {
    wrong: 'fails on a model’s tag that is not there',
    fails: ['MG-WTAG-106'],
    spoil: withModels(({ deleteTags }, { models }) => ({
      async deleteTags(name, keys, call) {
        await deleteTags(name, [], call)
        assertThere(keys, models.get(name)?.tags)
        await deleteTags(name, keys, call)
      },
    })),
  },
  {
    wrong: 'deletes the tags of a missing model without a word',
    fails: ['MG-WTAG-107', 'MG-WHIDDEN-001'],
    spoil: withModels(({ deleteTags }) => ({
      deleteTags: (name, keys, call) => swallow('NOT_FOUND', deleteTags(name, keys, call)),
    })),
  },
]

const wrongWithVersionTags: readonly WrongWriter[] = [
  {
    wrong: 'sets the tags of a version in the place of all',
    fails: ['MG-WTAG-201', 'MG-WTAG-204', 'MG-WRACE-005', 'MG-WCHANGE-001'],
    spoil: withVersions(({ setTags }, store) => ({
      async setTags(key, tags, call) {
        await setTags(key, [], call)
        findVersion(store, key)?.tags.clear()
        await setTags(key, tags, call)
      },
    })),
  },
  {
    wrong: 'folds the keys of a version’s tags',
    fails: ['MG-WTAG-202'],
    spoil: withVersions(({ setTags }) => ({ setTags: (key, tags, call) => setTags(key, lower(tags), call) })),
  },
  {
    wrong: 'cuts the values of a version’s tags',
    fails: ['MG-WTAG-203'],
    spoil: withVersions(({ setTags }) => ({ setTags: (key, tags, call) => setTags(key, short(tags), call) })),
  },
  {
    wrong: 'leaves the empty tags of a version out',
    fails: ['MG-WTAG-204', 'MG-WTAG-202'],
    spoil: withVersions(({ setTags }) => ({
      setTags: (key, tags, call) => setTags(key, filled(tags), call),
    })),
  },
  {
    wrong: 'deletes the tags of a version without regard to case',
    fails: ['MG-WTAG-205'],
    spoil: withVersions(({ deleteTags }, store) => ({
      deleteTags: (key, keys, call) => deleteTags(key, likeAny(keys, findVersion(store, key)?.tags), call),
    })),
  },
  {
    wrong: 'fails on a version’s tag that is not there',
    fails: ['MG-WTAG-206'],
    spoil: withVersions(({ deleteTags }, store) => ({
      async deleteTags(key, keys, call) {
        await deleteTags(key, [], call)
        assertThere(keys, findVersion(store, key)?.tags)
        await deleteTags(key, keys, call)
      },
    })),
  },
  {
    wrong: 'deletes the tags of a missing version without a word',
    fails: ['MG-WTAG-207', 'MG-WHIDDEN-001'],
    spoil: withVersions(({ deleteTags }) => ({
      deleteTags: (key, keys, call) => swallow('NOT_FOUND', deleteTags(key, keys, call)),
    })),
  },
]

export const wrongWithTags = [...wrongWithModelTags, ...wrongWithVersionTags]
