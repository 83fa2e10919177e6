import {
  type AliasKey,
  type AliasWrites,
  assertHolder,
  beforeFirstWrite,
  type Call,
  type Expected,
} from 'modelgate/adapter'
import type { Client } from './client.ts'
import { deleteTags, getTags, requireGroup } from './groups.ts'
import { requirePackage } from './packages.ts'
import { aliasPrefix } from './rules.ts'

/** An alias is one tag of the group, so one request moves it, and it is never held by two. */
export function sagemakerAliasWrites(client: Client): AliasWrites {
  return {
    async set(key, version, expected, call) {
      await requirePackage(client, { model: key.model, version }, call)
      const { arn, previous } = await look(client, key, expected, call)
      const added = { ResourceArn: arn, Tags: [{ Key: aliasPrefix + key.alias, Value: version }] }
      await client.ask(call, (api, options) => api.addTags(added, options))
      return { previous }
    },
    async delete(key, expected, call) {
      const { arn, previous } = await look(client, key, expected, call)
      await deleteTags(client, arn, [aliasPrefix + key.alias], call)
      return { previous }
    },
  }
}

/** @throws RegistryError NOT_FOUND, CONFLICT */
async function look(client: Client, key: AliasKey, expected: Expected<string | null>, call: Call) {
  const group = await requireGroup(client, key.model, call)
  const tags = await beforeFirstWrite(getTags(client, group, call))
  const previous = tags?.aliases.find(({ name }) => name === key.alias)?.version ?? null
  assertHolder(key, previous, expected)
  return { arn: group.arn, previous }
}
