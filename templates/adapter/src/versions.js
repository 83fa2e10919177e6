import { toVersionPage } from './pages.js'
import { toVersionRecord, toVersionRecords } from './to-records.js'

/** @import { VersionReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => VersionReads} */
export const createVersions = (client) => ({
  get: (keys, call) => client.askForEach(keys, call, toVersionRecord),
  list: (query, call) =>
    client.ask(call, (backend) => {
      const names = [...backend.keys()]
      return toVersionPage(
        names.flatMap((name) => toVersionRecords(backend, name) ?? []),
        query,
      )
    }),
  ofModels: (names, _limit, call) =>
    client.askForEach(names, call, (backend, name) => {
      const versions = toVersionRecords(backend, name)
      return versions && { versions, complete: true }
    }),
  // Where there are no stages, the version that was created last.
  latest: (names, call) =>
    client.askForEach(names, call, (backend, name) => toVersionRecords(backend, name)?.slice(0, 1) ?? null),
})
