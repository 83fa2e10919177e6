import {
  DescribeModelPackageGroupCommand,
  ListModelPackageGroupsCommand,
  ListTagsCommand,
  ModelPackageGroupStatus,
  type ModelPackageGroupSummary,
} from '@aws-sdk/client-sagemaker'
import { type Call, RegistryError } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull, required } from './errors.ts'
import { everyPage } from './every-page.ts'
import { isModelName } from './rules.ts'
import { fromAwsTags, type GroupTags } from './tags.ts'

/** What both ListModelPackageGroups and DescribeModelPackageGroup say. */
export type Group = Pick<
  ModelPackageGroupSummary,
  'ModelPackageGroupName' | 'ModelPackageGroupArn' | 'ModelPackageGroupDescription' | 'CreationTime'
>

export async function checkHealth(client: Client, call: Call): Promise<void> {
  const command = new ListModelPackageGroupsCommand({ MaxResults: 1 })
  const page = await client.ask(call, (sdk, options) => sdk.send(command, options))
  required(page.ModelPackageGroupSummaryList)
}

export async function getGroup(client: Client, name: string, call: Call): Promise<Group | null> {
  if (!isModelName(name)) return null
  const command = new DescribeModelPackageGroupCommand({ ModelPackageGroupName: name })
  const group = await orNull(client.ask(call, (sdk, options) => sdk.send(command, options)))
  // Names may be looked up without regard to case.
  if (group === null || required(group.ModelPackageGroupName) !== name) return null
  return group.ModelPackageGroupStatus === ModelPackageGroupStatus.DELETING ? null : group
}

/** @throws RegistryError NOT_FOUND */
export async function requireGroup(client: Client, name: string, call: Call): Promise<Group> {
  const group = await getGroup(client, name, call)
  if (group !== null) return group
  throw new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

/** Without their tags; 100 to a request. */
export function listGroups(client: Client, call: Call): Promise<Group[]> {
  return everyPage(
    (token) => {
      const command = new ListModelPackageGroupsCommand({ MaxResults: 100, ...token })
      return client.ask(call, (sdk, options) => sdk.send(command, options))
    },
    (page) =>
      required(page.ModelPackageGroupSummaryList).filter(
        (group) => group.ModelPackageGroupStatus !== ModelPackageGroupStatus.DELETING,
      ),
  )
}

export async function getTags(client: Client, group: Group, call: Call): Promise<GroupTags> {
  const tags = await everyPage(
    (token) => {
      const command = new ListTagsCommand({ ResourceArn: group.ModelPackageGroupArn, ...token })
      return client.ask(call, (sdk, options) => sdk.send(command, options))
    },
    (page) => page.Tags,
  )
  return fromAwsTags(tags)
}
