import { assertHolder } from 'modelgate/adapter'
import { theModel, theVersion } from './backend.js'

/** @import { AliasWrites } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => AliasWrites} */
export const createAliasWrites = (client) => ({
  set: (key, version, expected, call) =>
    client.ask(call, (backend) => {
      theVersion(backend, { model: key.model, version })
      const { aliases } = theModel(backend, key.model)
      const previous = aliases.get(key.alias) ?? null
      assertHolder(key, previous, expected)
      aliases.set(key.alias, version)
      return { previous }
    }),
  delete: (key, expected, call) =>
    client.ask(call, (backend) => {
      const { aliases } = theModel(backend, key.model)
      const previous = aliases.get(key.alias) ?? null
      assertHolder(key, previous, expected)
      aliases.delete(key.alias)
      return { previous }
    }),
})
