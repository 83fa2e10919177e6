/** @import { Call, TagRecord } from 'modelgate/adapter' */
/** @import { Backend, Client } from './client.js' */

/**
 * Tags and descriptions are written to models and to versions in the same way.
 *
 * @template Key
 * @param {Client} client
 * @param {(backend: Backend, key: Key) => { readonly tags: readonly TagRecord[] }} find throws NOT_FOUND
 */
export const createTagWrites = (client, find) => ({
  /** @type {(key: Key, description: string | null, call: Call) => Promise<void>} */
  describe: (key, description, call) =>
    client.ask(call, (backend) => {
      Object.assign(find(backend, key), { description, updatedAt: new Date() })
    }),
  /** @type {(key: Key, tags: readonly TagRecord[], call: Call) => Promise<void>} */
  setTags: (key, tags, call) =>
    client.ask(call, (backend) => {
      const row = find(backend, key)
      const others = row.tags.filter((tag) => !tags.some((one) => one.key === tag.key))
      Object.assign(row, { tags: [...others, ...tags] })
    }),
  /** @type {(key: Key, keys: readonly string[], call: Call) => Promise<void>} */
  deleteTags: (key, keys, call) =>
    client.ask(call, (backend) => {
      const row = find(backend, key)
      Object.assign(row, { tags: row.tags.filter((tag) => !keys.includes(tag.key)) })
    }),
})
