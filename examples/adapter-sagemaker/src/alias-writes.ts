import { AddTagsCommand, DeleteTagsCommand } from '@aws-sdk/client-sagemaker'
import { type AliasKey, type AliasWrites, assertHolder, type Call } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { type Group, getTags, requireGroup } from './groups.ts'
import { requirePackage } from './packages.ts'
import { toAliasKey } from './tags.ts'

/** An alias is one tag of the group, so one request moves it, and it is never held by two. */
export function sagemakerAliasWrites(client: Client): AliasWrites {
  return {
    async set(key, version, expected, call) {
      const group = await requireGroup(client, key.model, call)
      await requirePackage(client, { model: key.model, version }, call)
      const previous = await holderOf(client, group, key, call)
      assertHolder(key, previous, expected)
      const tag = { Key: toAliasKey(key.alias), Value: version }
      const command = new AddTagsCommand({ ResourceArn: group.ModelPackageGroupArn, Tags: [tag] })
      await client.ask(call, (sdk, options) => sdk.send(command, options))
      return { previous }
    },
    async delete(key, expected, call) {
      const group = await requireGroup(client, key.model, call)
      const previous = await holderOf(client, group, key, call)
      assertHolder(key, previous, expected)
      const keys = [toAliasKey(key.alias)]
      const command = new DeleteTagsCommand({ ResourceArn: group.ModelPackageGroupArn, TagKeys: keys })
      await client.ask(call, (sdk, options) => sdk.send(command, options))
      return { previous }
    },
  }
}

async function holderOf(
  client: Client,
  group: Group,
  { alias }: AliasKey,
  call: Call,
): Promise<string | null> {
  const { aliases } = await getTags(client, group, call)
  return aliases.find(({ name }) => name === alias)?.version ?? null
}
