import type { AliasReads } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { getGroup, getTags } from './groups.ts'
import { loadEach, once } from './load-each.ts'
import { getVersions } from './versions.ts'

export function sagemakerAliases(client: Client): AliasReads {
  return {
    resolve(keys, call) {
      const tagsIn = once(async (model) => {
        const group = await getGroup(client, model, call)
        return group && getTags(client, group, call)
      })
      return loadEach(keys, async ({ model, alias }) => {
        const held = (await tagsIn(model))?.aliases.find(({ name }) => name === alias)
        if (held === undefined) return null
        const [found = null] = await getVersions(client, [{ model, version: held.version }], call)
        return found
      })
    },
  }
}
