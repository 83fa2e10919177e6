/** @import { ModelReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** The gateway checks the `residue` of the filter, and sorts what is not `ordered`: a beginning that is right. */
export const asTheyCome = { hints: null, continuation: null, ordered: false }

/** @type {(client: Client) => ModelReads} */
export const createModels = (client) => ({
  get: (names, call) => client.askForEach(names, call, (backend, name) => backend.get(name)?.record ?? null),
  list: ({ filter }, call) =>
    client.ask(call, (backend) => {
      const items = [...backend.values()].map(({ record }) => record)
      return { ...asTheyCome, items, residue: filter }
    }),
})
