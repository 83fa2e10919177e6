import { type Call, type ModelReads, type ModelRecord, modelOrderValues } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { type Group, getGroup, getTags, listGroups } from './groups.ts'
import { loadEach } from './load-each.ts'
import { mayMatch, namesIn } from './narrowing.ts'
import { takePage } from './take-page.ts'

export function sagemakerModels(client: Client): ModelReads {
  return {
    get: (names, call) =>
      loadEach(names, async (name) => {
        const group = await getGroup(client, name, call)
        return group && toRecord(client, group, call)
      }),
    async list(query, call) {
      const { filter, order } = query
      const names = namesIn(filter, 'name')
      const groups = names
        ? await Promise.all(names.map((name) => getGroup(client, name, call)))
        : await listGroups(client, call)
      const candidates = groups
        .filter((group) => group !== null)
        .filter(({ name, createdAt }) => mayMatch(filter, { texts: { name }, createdAt }))
      const { rows, continuation } = takePage(candidates, query, (group) => ({
        values: modelOrderValues(order, group),
        name: group.name,
        version: null,
      }))
      const records = await Promise.all(rows.map((group) => toRecord(client, group, call)))
      const items = records.filter((record) => record !== null)
      return { items, hints: null, continuation, residue: filter, ordered: true }
    },
  }
}

/** `null` when the group was deleted in between. */
async function toRecord(client: Client, group: Group, call: Call): Promise<ModelRecord | null> {
  const tags = await getTags(client, group, call)
  const { arn: _, ...known } = group
  return tags && { ...known, ...tags }
}
