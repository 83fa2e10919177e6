import {
  AddTagsCommand,
  CreateModelPackageGroupCommand,
  DeleteModelPackageCommand,
  DeleteModelPackageGroupCommand,
  DeleteTagsCommand,
} from '@aws-sdk/client-sagemaker'
import { type Call, type ModelWrites, RegistryError } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { afterFirstWrite, orNull } from './errors.ts'
import { requireGroup } from './groups.ts'
import { listPackages, type PackageSummary } from './packages.ts'
import { assertDescription, isModelName, naming } from './rules.ts'
import { toAwsTags } from './tags.ts'

/** Without rename: SageMaker knows none. */
export function sagemakerModelWrites(client: Client): ModelWrites {
  return {
    async create({ name, description, tags }, call) {
      if (!isModelName(name))
        throw new RegistryError('BAD_USER_INPUT', `The name of a model must be ${naming.modelName?.words}.`)
      assertDescription(description)
      const command = new CreateModelPackageGroupCommand({
        ModelPackageGroupName: name,
        ...(description && { ModelPackageGroupDescription: description }),
        ...(tags.length > 0 && { Tags: toAwsTags(tags) }),
      })
      await client.ask(call, (sdk, options) => sdk.send(command, options))
    },
    async describe(name, _description, call) {
      await requireGroup(client, name, call)
      throw new RegistryError('UNSUPPORTED', 'SageMaker keeps the description that a model was created with.')
    },
    async setTags(name, tags, call) {
      const { ModelPackageGroupArn } = await requireGroup(client, name, call)
      const command = new AddTagsCommand({ ResourceArn: ModelPackageGroupArn, Tags: toAwsTags(tags) })
      if (tags.length > 0) await client.ask(call, (sdk, options) => sdk.send(command, options))
    },
    async deleteTags(name, keys, call) {
      const { ModelPackageGroupArn } = await requireGroup(client, name, call)
      const command = new DeleteTagsCommand({ ResourceArn: ModelPackageGroupArn, TagKeys: [...keys] })
      if (keys.length > 0) await client.ask(call, (sdk, options) => sdk.send(command, options))
    },
    async delete(name, call) {
      await requireGroup(client, name, call)
      const packages = await listPackages(client, name, call)
      const command = new DeleteModelPackageGroupCommand({ ModelPackageGroupName: name })
      const deleteGroup = () => client.ask(call, (sdk, options) => sdk.send(command, options))
      if (packages.length === 0) await deleteGroup()
      else await afterFirstWrite(deletePackages(client, packages, call).then(deleteGroup))
    },
  }
}

/** SageMaker deletes empty groups only. Who asks again after a failure goes on where it ended. */
async function deletePackages(
  client: Client,
  packages: readonly PackageSummary[],
  call: Call,
): Promise<void> {
  await Promise.all(packages.map(({ arn }) => orNull(deletePackage(client, arn, call))))
}

export async function deletePackage(client: Client, arn: string, call: Call): Promise<void> {
  const command = new DeleteModelPackageCommand({ ModelPackageName: arn })
  await client.ask(call, (sdk, options) => sdk.send(command, options))
}
