import { RegistryError } from 'modelgate/adapter'
import { modelOf } from './client.js'
import { createTagWrites } from './tag-writes.js'

/** @import { ModelWrites } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => ModelWrites} */
export const createModelWrites = (client) => ({
  ...createTagWrites(client, (backend, /** @type {string} */ name) => modelOf(backend, name).record),
  create: ({ name, description, tags }, call) =>
    client.ask(call, (backend) => {
      if (backend.has(name)) throw new RegistryError('ALREADY_EXISTS', `There is a model ${name} already.`)
      const times = { createdAt: new Date(), updatedAt: new Date() }
      const own = { name, description: description || null, tags: [...tags], ...times }
      const record = { ...own, aliases: [], archived: false, latestVersions: null }
      backend.set(name, { record, versions: [], created: 0 })
    }),
  delete: (name, call) =>
    client.ask(call, (backend) => {
      modelOf(backend, name)
      backend.delete(name)
    }),
})
