import {
  CreateModelPackageCommand,
  DeleteTagsCommand,
  UpdateModelPackageCommand,
  type UpdateModelPackageInput,
} from '@aws-sdk/client-sagemaker'
import { type Call, RegistryError, type VersionKey, type VersionWrites } from 'modelgate/adapter'
import type { Client } from './client.ts'
import type { SagemakerConfig } from './config.ts'
import { afterFirstWrite } from './errors.ts'
import { getTags, requireGroup } from './groups.ts'
import { deletePackage } from './model-writes.ts'
import { requirePackage } from './packages.ts'
import { toProperties } from './properties.ts'
import { assertDescription } from './rules.ts'
import { toStage } from './stages.ts'
import { toAliasKey } from './tags.ts'
import { toVersionSource } from './version-source.ts'

export function sagemakerVersionWrites(client: Client, { image }: SagemakerConfig): VersionWrites {
  return {
    async create({ model, description, tags, ...origin }, call) {
      assertDescription(description)
      await requireGroup(client, model, call)
      const { fields, hidden } = await toVersionSource(client, origin, image, call)
      const properties = toProperties(tags, hidden)
      const command = new CreateModelPackageCommand({
        ModelPackageGroupName: model,
        ModelApprovalStatus: toStage(undefined),
        ...(description && { ModelPackageDescription: description }),
        ...(Object.keys(properties).length > 0 && { CustomerMetadataProperties: properties }),
        ...fields,
      })
      const { ModelPackageArn } = await client.ask(call, (sdk, options) => sdk.send(command, options))
      return toVersion(ModelPackageArn)
    },
    async describe(key, _description, call) {
      await requirePackage(client, key, call)
      throw new RegistryError(
        'UNSUPPORTED',
        'SageMaker keeps the description that a version was created with.',
      )
    },
    setTags: (key, tags, call) =>
      tags.length === 0
        ? exists(client, key, call)
        : updatePackage(client, key, { CustomerMetadataProperties: toProperties(tags) }, call),
    deleteTags: (key, keys, call) =>
      keys.length === 0
        ? exists(client, key, call)
        : updatePackage(client, key, { CustomerMetadataPropertiesToRemove: [...keys] }, call),
    async delete(key, call) {
      const { ModelPackageArn = '' } = await requirePackage(client, key, call)
      // First, so that none ever points to what is gone; and who asks again after a failure still finds the version.
      const hadAliases = await deleteAliases(client, key, call)
      const deletion = deletePackage(client, ModelPackageArn, call)
      await (hadAliases ? afterFirstWrite(deletion) : deletion)
    },
  }
}

/** One request that SageMaker merges with what is there: what others set at the same time stays. */
export async function updatePackage(
  client: Client,
  key: VersionKey,
  changes: Omit<UpdateModelPackageInput, 'ModelPackageArn'>,
  call: Call,
): Promise<void> {
  const { ModelPackageArn } = await requirePackage(client, key, call)
  const command = new UpdateModelPackageCommand({ ModelPackageArn, ...changes })
  await client.ask(call, (sdk, options) => sdk.send(command, options))
}

async function exists(client: Client, key: VersionKey, call: Call): Promise<void> {
  await requirePackage(client, key, call)
}

async function deleteAliases(client: Client, { model, version }: VersionKey, call: Call): Promise<boolean> {
  const group = await requireGroup(client, model, call)
  const { aliases } = await getTags(client, group, call)
  const keys = aliases.filter((alias) => alias.version === version).map(({ name }) => toAliasKey(name))
  if (keys.length === 0) return false
  const command = new DeleteTagsCommand({ ResourceArn: group.ModelPackageGroupArn, TagKeys: keys })
  await client.ask(call, (sdk, options) => sdk.send(command, options))
  return true
}

function toVersion(arn: string | undefined): string {
  const [version] = /[^/]+$/.exec(arn ?? '') ?? []
  if (version !== undefined) return version
  throw new RegistryError('REGISTRY_ERROR', 'SageMaker made a version and did not say which.')
}
