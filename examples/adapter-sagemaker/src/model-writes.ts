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
      const [first, ...others] = await beforeFirstWrite(listPackages(client, name, call))
      const deleteVersion = ({ arn }: PackageSummary) => orNull(deletePackage(client, arn, call))
      const group = { ModelPackageGroupName: name }
      const deleteGroup = () =>
        client.ask(call, (api, options) => api.deleteModelPackageGroup(group, options))
      // SageMaker deletes empty groups only. Who asks again after a failure goes on where it ended.
      if (first === undefined) {
        await deleteGroup()
        return
      }
      await deleteVersion(first)
      await afterFirstWrite(Promise.all(others.map(deleteVersion)).then(deleteGroup))
    },
  }
}
