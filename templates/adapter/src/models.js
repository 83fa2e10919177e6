import { sortModels } from 'modelgate/adapter'

/** @import { ModelReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => ModelReads} */
export const createModels = (client) => ({
  get: (names, call) => client.askForEach(names, call, (backend, name) => backend.get(name)?.record ?? null),
  // Everything at once. `residue` is what of the filter is not checked here: the gateway does it.
  list: ({ filter, order }, call) =>
    client.ask(call, (backend) => {
      const records = [...backend.values()].map(({ record }) => record)
      return {
        items: sortModels(order, records),
        hints: null,
        continuation: null,
        residue: filter,
        ordered: true,
      }
    }),
})
