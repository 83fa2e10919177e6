/** @import { Call, TagRecord } from 'modelgate/adapter' */
/** @import { Backend, Described } from './backend.js' */
/** @import { Client } from './client.js' */

/**
 * What is written to models and to versions in the same way.
 *
 * @template Key
 * @param {Client} client
 * @param {(backend: Backend, key: Key) => Described} find throws NOT_FOUND
 */
export const createDescribingWrites = (client, find) => ({
  /** @type {(key: Key, description: string | null, call: Call) => Promise<void>} */
  describe: (key, description, call) =>
    client.ask(call, (backend) => {
      Object.assign(find(backend, key), { description: description || null, updatedAt: new Date() })
    }),
  /** @type {(key: Key, tags: readonly TagRecord[], call: Call) => Promise<void>} */
  setTags: (key, tags, call) =>
    client.ask(call, (backend) => {
      const row = find(backend, key)
      for (const tag of tags) row.tags.set(tag.key, tag.value)
    }),
  /** @type {(key: Key, keys: readonly string[], call: Call) => Promise<void>} */
  deleteTags: (key, keys, call) =>
    client.ask(call, (backend) => {
      const row = find(backend, key)
      for (const tagKey of keys) row.tags.delete(tagKey)
    }),
})

/** @type {(description: string | null, tags: readonly TagRecord[]) => Described} */
export function toDescribed(description, tags) {
  const now = new Date()
  const own = new Map(tags.map(({ key, value }) => [key, value]))
  return { description: description || null, tags: own, createdAt: now, updatedAt: now }
}
