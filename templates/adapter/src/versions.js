import { asTheyCome } from './models.js'

/** @import { VersionReads } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => VersionReads} */
export const createVersions = (client) => ({
  get: (keys, call) =>
    client.askForEach(keys, call, (backend, { model, version }) => {
      return backend.get(model)?.versions.find((row) => row.version === version) ?? null
    }),
  list: ({ filter }, call) =>
    client.ask(call, (backend) => {
      const items = [...backend.values()].flatMap(({ versions }) => versions)
      return { ...asTheyCome, items, residue: filter }
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
