import { toVersionRecord } from './to-records.js'

/** @import { AliasReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => AliasReads} */
export const createAliases = (client) => ({
  resolve: (keys, call) =>
    client.askForEach(keys, call, (backend, { model, alias }) => {
      const version = backend.get(model)?.aliases.get(alias)
      return version === undefined ? null : toVersionRecord(backend, { model, version })
    }),
})
