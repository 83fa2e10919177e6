import { sortVersions } from 'modelgate/adapter'

/** @import { VersionReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => VersionReads} */
export const createVersions = (client) => ({
  get: (keys, call) =>
    client.askForEach(keys, call, (backend, { model, version }) => {
      return backend.get(model)?.versions.find((row) => row.version === version) ?? null
    }),
  list: ({ filter, order }, call) =>
    client.ask(call, (backend) => {
      const records = [...backend.values()].flatMap(({ versions }) => versions)
      return {
        items: sortVersions(order, records),
        hints: null,
        continuation: null,
        residue: filter,
        ordered: true,
      }
    }),
  ofModels: (names, _limit, call) =>
    client.askForEach(names, call, (backend, name) => {
      const model = backend.get(name)
      return model ? { versions: model.versions, complete: true } : null
    }),
  // Without stages that is the version created last.
  latest: (names, call) =>
    client.askForEach(names, call, (backend, name) => backend.get(name)?.versions.slice(0, 1) ?? null),
})
