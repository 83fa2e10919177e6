import type { DescribeModelPackageGroupOutput, ModelPackageGroupSummary } from '@aws-sdk/client-sagemaker'
import { beforeFirstWrite, type Call, type ModelRecord, RegistryError } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull, required } from './errors.ts'
import { everyPage } from './every-page.ts'
import { isModelName } from './rules.ts'
import { fromAwsTags, type GroupTags } from './tags.ts'

/** A model without its tags, which are another request. */
export interface Group extends Omit<ModelRecord, 'tags' | 'aliases'> {
  readonly arn: string
}

export async function checkHealth(client: Client, call: Call): Promise<void> {
  const page = await client.ask(call, (api, options) =>
    api.listModelPackageGroups({ MaxResults: 1 }, options),
  )
  required(page.ModelPackageGroupSummaryList)
}

/** What is no name is not asked for: nothing can be there. */
export async function getGroup(client: Client, name: string, call: Call): Promise<Group | null> {
  if (!isModelName(name)) return null
  const asked = client.ask(call, (api, options) =>
    api.describeModelPackageGroup({ ModelPackageGroupName: name }, options),
  )
  const found = await orNull(asked)
  const [group] = found === null ? [] : toGroups(found)
  // Names may be looked up without regard to case.
  return group?.name === name ? group : null
}

/** @throws RegistryError NOT_FOUND */
export async function requireGroup(client: Client, name: string, call: Call): Promise<Group> {
  const group = await beforeFirstWrite(getGroup(client, name, call))
  if (group !== null) return group
  throw new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

export function listGroups(client: Client, call: Call): Promise<Group[]> {
  return everyPage(
    (token) =>
      client.ask(call, (api, options) => api.listModelPackageGroups({ MaxResults: 100, ...token }, options)),
    (page) => required(page.ModelPackageGroupSummaryList).flatMap(toGroups),
  )
}

/** None, when it is being deleted. */
function toGroups(given: ModelPackageGroupSummary | DescribeModelPackageGroupOutput): Group[] {
  if (given.ModelPackageGroupStatus === 'Deleting') return []
  return [
    {
      name: required(given.ModelPackageGroupName),
      arn: required(given.ModelPackageGroupArn),
      description: given.ModelPackageGroupDescription || null,
      createdAt: given.CreationTime ?? null,
      updatedAt: null,
      archived: false,
      latestVersions: null,
    },
  ]
}

/** `null` when the group is gone. */
export async function getTags(client: Client, { arn }: Group, call: Call): Promise<GroupTags | null> {
  const tags = everyPage(
    (token) => client.ask(call, (api, options) => api.listTags({ ResourceArn: arn, ...token }, options)),
    ({ Tags = [] }) => Tags,
  )
  const found = await orNull(tags)
  return found && fromAwsTags(found)
}

/** AWS refuses a list without keys. */
export async function deleteTags(
  client: Client,
  arn: string,
  keys: readonly string[],
  call: Call,
): Promise<void> {
  if (keys.length === 0) return
  await client.ask(call, (api, options) => api.deleteTags({ ResourceArn: arn, TagKeys: [...keys] }, options))
}
