import {
  type Call,
  compareVersions,
  type ModelVersionRecord,
  type Outcome,
  type VersionKey,
  type VersionReads,
  versionOrderValues,
} from 'modelgate/adapter'
import type { Client } from './client.ts'
import { getGroup } from './groups.ts'
import { loadEach, once } from './load-each.ts'
import { mayMatch, namesIn } from './narrowing.ts'
import { describePackage, listPackages, type PackageSummary } from './packages.ts'
import { stages } from './rules.ts'
import { takePage } from './take-page.ts'
import { toVersionRecord } from './to-records.ts'

export function sagemakerVersions(client: Client): VersionReads {
  return {
    get: (keys, call) => getVersions(client, keys, call),
    async list(query, call) {
      const { filter, order } = query
      const models = namesIn(filter, 'model') ?? [null]
      const lists = await Promise.all(models.map((model) => listPackages(client, model, call)))
      const candidates = lists
        .flat()
        .filter(({ modelName: model, version, stage, createdAt }) =>
          mayMatch(filter, { texts: { model, version, stage }, createdAt }),
        )
      const { rows, continuation } = takePage(candidates, query, (each) => ({
        values: versionOrderValues(order, each),
        name: each.modelName,
        version: each.version,
      }))
      const items = await readVersions(client, rows, call)
      const ordered = order.every(({ field }) => field !== 'updatedAt')
      return { items, hints: null, continuation, residue: filter, ordered }
    },
    ofModels: (names, limit, call) =>
      loadEach(names, async (name) => {
        const all = await packagesOf(client, name, call)
        if (all === null) return null
        const versions = await readVersions(client, all.slice(0, limit), call)
        return { versions, complete: all.length <= limit }
      }),
    latest: (names, call) =>
      loadEach(names, async (name) => {
        const all = await packagesOf(client, name, call)
        return all && readVersions(client, latestOf(all), call)
      }),
  }
}

export function getVersions(
  client: Client,
  keys: readonly VersionKey[],
  call: Call,
): Promise<Outcome<ModelVersionRecord>[]> {
  const packagesIn = once((model) => listPackages(client, model, call))
  return loadEach(keys, async ({ model, version }) => {
    const summary = (await packagesIn(model)).find((each) => each.version === version)
    const [record = null] = await readVersions(client, summary ? [summary] : [], call)
    return record
  })
}

/** Highest first; `null` when the model is not there. */
async function packagesOf(client: Client, model: string, call: Call): Promise<PackageSummary[] | null> {
  const packages = await listPackages(client, model, call)
  if (packages.length === 0 && (await getGroup(client, model, call)) === null) return null
  return packages.toSorted((a, b) => compareVersions(b.version, a.version))
}

/** Of packages by falling version: the first of each stage, and the one created last. */
function latestOf(packages: readonly PackageSummary[]): PackageSummary[] {
  const highest = stages.flatMap((stage) => packages.find((each) => each.stage === stage) ?? [])
  const timeOf = ({ createdAt }: PackageSummary) => createdAt?.getTime() ?? 0
  const newest = packages.toSorted((a, b) => timeOf(b) - timeOf(a)).slice(0, 1)
  return [...new Set([...highest, ...newest])]
}

/** Without those that were deleted in between. */
async function readVersions(
  client: Client,
  packages: readonly PackageSummary[],
  call: Call,
): Promise<ModelVersionRecord[]> {
  const found = await Promise.all(packages.map((each) => describePackage(client, each, call)))
  return found.filter((each) => each !== null).map(toVersionRecord)
}
