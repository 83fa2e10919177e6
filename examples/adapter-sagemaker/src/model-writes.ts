import { afterFirstWrite, beforeFirstWrite, type ModelWrites } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull } from './errors.ts'
import { deleteTags, requireGroup } from './groups.ts'
import { deletePackage, listPackages, type PackageSummary } from './packages.ts'
import { toAwsTags } from './tags.ts'

/** Without `describe` and `rename`: SageMaker has no call that changes a group. */
export function sagemakerModelWrites(client: Client): ModelWrites {
  return {
    async create({ name, description, tags }, call) {
      const group = {
        ModelPackageGroupName: name,
        ModelPackageGroupDescription: description ?? undefined,
        Tags: toAwsTags(tags),
      }
      await client.ask(call, (api, options) => api.createModelPackageGroup(group, options))
    },
    async setTags(name, tags, call) {
      const { arn } = await requireGroup(client, name, call)
      const added = { ResourceArn: arn, Tags: toAwsTags(tags) }
      await client.ask(call, (api, options) => api.addTags(added, options))
    },
    async deleteTags(name, keys, call) {
      const { arn } = await requireGroup(client, name, call)
      await deleteTags(client, arn, keys, call)
    },
    async delete(name, call) {
      await requireGroup(client, name, call)
      const packages = await beforeFirstWrite(listPackages(client, name, call))
      const deleteVersion = ({ arn }: PackageSummary) => orNull(deletePackage(client, arn, call))
      // SageMaker deletes empty groups only. Who asks again after a failure goes on where it ended.
      await afterFirstWrite(Promise.all(packages.map(deleteVersion)))
      const group = { ModelPackageGroupName: name }
      const deletion = client.ask(call, (api, options) => api.deleteModelPackageGroup(group, options))
      await (packages.length > 0 ? afterFirstWrite(deletion) : deletion)
    },
  }
}
