import { defineAdapter } from 'modelgate/adapter'
import { createAliasWrites } from './alias-writes.js'
import { createAliases } from './aliases.js'
import { Client } from './client.js'
import { configSchema } from './config.js'
import { description } from './describe.js'
import { createModelWrites } from './model-writes.js'
import { createModels } from './models.js'
import { createVersionWrites } from './version-writes.js'
import { createVersions } from './versions.js'

export default defineAdapter({
  contractVersion: 1,
  name: 'acme',
  configSchema,
  connect({ url }) {
    const client = new Client(url)
    return {
      describe: (call) => client.ask(call, () => description),
      health: (call) => client.ask(call, () => {}),
      models: createModels(client),
      versions: createVersions(client),
      aliases: createAliases(client),
      writes: {
        models: createModelWrites(client),
        versions: createVersionWrites(client),
        aliases: createAliasWrites(client),
      },
      close: () => client.close(),
    }
  },
})
