import type { UpdateModelPackageInput } from '@aws-sdk/client-sagemaker'
import {
  afterFirstWrite,
  beforeFirstWrite,
  type Call,
  type VersionKey,
  type VersionWrites,
} from 'modelgate/adapter'
import type { Client } from './client.ts'
import type { SagemakerConfig } from './config.ts'
import { required } from './errors.ts'
import { deleteTags, getTags, requireGroup } from './groups.ts'
import { deletePackage, requirePackage, toStage } from './packages.ts'
import { toProperties } from './properties.ts'
import { aliasPrefix } from './rules.ts'
import { toVersionSource } from './version-source.ts'

/** Without `describe`: SageMaker keeps the description that a package was made with. */
export function sagemakerVersionWrites(client: Client, { image }: SagemakerConfig): VersionWrites {
  return {
    async create({ model, description, tags, ...origin }, call) {
      await requireGroup(client, model, call)
      const { hidden, ...source } = await toVersionSource(client, origin, image, call)
      const given = {
        ModelPackageGroupName: model,
        ModelApprovalStatus: toStage(),
        ModelPackageDescription: description ?? undefined,
        CustomerMetadataProperties: toProperties(tags, hidden),
        ...source,
      }
      const { ModelPackageArn } = await client.ask(call, (api, options) =>
        api.createModelPackage(given, options),
      )
      const [version] = /[^/]+$/.exec(required(ModelPackageArn)) ?? []
      return required(version)
    },
    async setTags(key, tags, call) {
      await updatePackage(client, key, { CustomerMetadataProperties: toProperties(tags) }, call)
    },
    async deleteTags(key, keys, call) {
      await updatePackage(client, key, { CustomerMetadataPropertiesToRemove: [...keys] }, call)
    },
    async delete(key, call) {
      const { arn } = await requirePackage(client, key, call)
      const group = await requireGroup(client, key.model, call)
      const tags = await beforeFirstWrite(getTags(client, group, call))
      const held = tags?.aliases.filter(({ version }) => version === key.version) ?? []
      const aliasKeys = held.map(({ name }) => aliasPrefix + name)
      // First, so that none ever points to what is gone; and who asks again after a failure still finds the version.
      await deleteTags(client, group.arn, aliasKeys, call)
      const deletion = deletePackage(client, arn, call)
      await (aliasKeys.length > 0 ? afterFirstWrite(deletion) : deletion)
    },
  }
}

/** One request that SageMaker merges with what is there: what others set at the same time stays. */
async function updatePackage(
  client: Client,
  key: VersionKey,
  changes: Omit<UpdateModelPackageInput, 'ModelPackageArn'>,
  call: Call,
): Promise<void> {
  const { arn } = await requirePackage(client, key, call)
  await client.ask(call, (api, options) =>
    api.updateModelPackage({ ModelPackageArn: arn, ...changes }, options),
  )
}
