/** @import { AliasReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => AliasReads} */
export const createAliases = (client) => ({
  resolve: (keys, call) =>
    client.askForEach(keys, call, (backend, { model: name, alias }) => {
      const model = backend.get(name)
      const held = model?.record.aliases.find((row) => row.name === alias)
      return model?.versions.find(({ version }) => version === held?.version) ?? null
    }),
})
