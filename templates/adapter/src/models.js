import { toModelPage } from './pages.js'
import { toModelRecord } from './to-records.js'

/** @import { ModelReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => ModelReads} */
export const createModels = (client) => ({
  get: (names, call) => client.askForEach(names, call, toModelRecord),
  list: (query, call) =>
    client.ask(call, (backend) => {
      const names = [...backend.keys()]
      return toModelPage(
        names.flatMap((name) => toModelRecord(backend, name) ?? []),
        query,
      )
    }),
})
