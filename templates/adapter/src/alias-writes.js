import { assertHolder } from 'modelgate/adapter'
import { modelOf, versionOf } from './client.js'

/** @import { AliasKey, AliasWrites, Call, Expected } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => AliasWrites} */
export const createAliasWrites = (client) => {
  /** @type {(key: AliasKey, version: string | null, expected: Expected<string | null>, call: Call) => Promise<{ previous: string | null }>} */
  const move = (key, version, expected, call) =>
    client.ask(call, (backend) => {
      if (version !== null) versionOf(backend, { model: key.model, version })
      const { record } = modelOf(backend, key.model)
      const previous = record.aliases.find(({ name }) => name === key.alias)?.version ?? null
      assertHolder(key, previous, expected)
      const others = record.aliases.filter(({ name }) => name !== key.alias)
      const own = version === null ? [] : [{ name: key.alias, version }]
      Object.assign(record, { aliases: [...others, ...own] })
      return { previous }
    })
  return {
    set: (key, version, expected, call) => move(key, version, expected, call),
    delete: (key, expected, call) => move(key, null, expected, call),
  }
}
