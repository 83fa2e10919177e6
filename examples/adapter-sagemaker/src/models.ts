import type { Call, ModelQuery, ModelReads, ModelRecord } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull } from './errors.ts'
import { type Group, getGroup, getTags, listGroups } from './groups.ts'
import { loadEach } from './load-each.ts'
import { type KnownFields, mayMatch } from './may-match.ts'
import { modelsIn } from './narrowing.ts'
import { takePage } from './take-page.ts'
import { toModelRecord } from './to-records.ts'

export function sagemakerModels(client: Client): ModelReads {
  return {
    get: (names, call) =>
      loadEach(
        names,
        (name) => name,
        async (name) => {
          const group = await getGroup(client, name, call)
          return group && toRecord(client, group, call)
        },
      ),
    async list(query, call) {
      const groups = await matchingGroups(client, query, call)
      const { rows, continuation } = takePage(groups, query, (group) => ({
        name: group.ModelPackageGroupName ?? '',
        version: null,
        createdAt: group.CreationTime ?? null,
      }))
      const records = await Promise.all(rows.map((group) => toRecord(client, group, call)))
      return {
        items: records.filter((record) => record !== null),
        hints: null,
        continuation,
        residue: query.filter,
        ordered: true,
      }
    },
  }
}

/** By what is said of a group without its tags; those that are asked for by name are got by name. */
async function matchingGroups(client: Client, { filter }: ModelQuery, call: Call): Promise<Group[]> {
  const names = modelsIn(filter)
  const groups =
    names === null
      ? await listGroups(client, call)
      : await Promise.all([...names].map((name) => getGroup(client, name, call)))
  return groups.flatMap((group) => (group !== null && mayMatch(filter, knownOf(group)) ? [group] : []))
}

function knownOf(group: Group): KnownFields {
  const { ModelPackageGroupName: name = '', ModelPackageGroupDescription: description, CreationTime } = group
  return { texts: { name, description: description || null }, createdAt: CreationTime ?? null }
}

/** `null` when the group was deleted in between. */
async function toRecord(client: Client, group: Group, call: Call): Promise<ModelRecord | null> {
  const tags = await orNull(getTags(client, group, call))
  return tags && toModelRecord(group, tags)
}
