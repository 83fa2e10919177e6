import { RegistryError } from 'modelgate/adapter'
import { theModel } from './backend.js'
import { createDescribingWrites, toDescribed } from './describing-writes.js'

/** @import { ModelWrites } from 'modelgate/adapter' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => ModelWrites} */
export const createModelWrites = (client) => ({
  ...createDescribingWrites(client, theModel),
  create: ({ name, description, tags }, call) =>
    client.ask(call, (backend) => {
      if (backend.has(name)) throw new RegistryError('ALREADY_EXISTS', `There is a model ${name} already.`)
      const empty = { aliases: new Map(), versions: new Map(), numbered: 0 }
      backend.set(name, { ...toDescribed(description, tags), ...empty })
    }),
  delete: (name, call) =>
    client.ask(call, (backend) => {
      theModel(backend, name)
      backend.delete(name)
    }),
})
