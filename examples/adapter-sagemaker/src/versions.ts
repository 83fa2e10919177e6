import {
  type Call,
  compareVersions,
  type ModelVersionRecord,
  type VersionKey,
  type VersionQuery,
  type VersionReads,
} from 'modelgate/adapter'
import type { Client } from './client.ts'
import { getGroup } from './groups.ts'
import { loadEach } from './load-each.ts'
import { mayMatch } from './may-match.ts'
import { modelsIn } from './narrowing.ts'
import { describeExactly, findArns, listPackages, type PackageSummary } from './packages.ts'
import { isVersion } from './rules.ts'
import { toStage } from './stages.ts'
import { isKept, takePage } from './take-page.ts'
import { toVersionRecord } from './to-records.ts'

export function sagemakerVersions(client: Client): VersionReads {
  return {
    get: (keys, call) => getVersions(client, keys, call),
    async list(query, call) {
      const packages = await matchingPackages(client, query, call)
      const { rows, continuation } = takePage(packages, query, ({ model, version, createdAt }) => ({
        name: model,
        version,
        createdAt,
      }))
      const items = await readVersions(client, rows, call)
      return { items, hints: null, continuation, residue: query.filter, ordered: isKept(query.order) }
    },
    ofModels: (names, limit, call) =>
      loadEach(names, identity, async (name) => {
        const all = await packagesOf(client, name, call)
        if (all === null) return null
        const versions = await readVersions(client, all.slice(0, limit), call)
        return { versions, complete: all.length <= limit }
      }),
    latest: (names, call) =>
      loadEach(names, identity, async (name) => {
        const all = await packagesOf(client, name, call)
        return all && readVersions(client, latestOf(all), call)
      }),
  }
}

const identity = (name: string) => name

/** One outcome for each key; a model's ARNs are found once for all of its versions. */
export function getVersions(client: Client, keys: readonly VersionKey[], call: Call) {
  const arns = new Map<string, ReturnType<typeof findArns>>()
  const arnsOf = (model: string) => {
    const found = arns.get(model) ?? findArns(client, model, call)
    arns.set(model, found)
    return found
  }
  return loadEach(
    keys,
    ({ model, version }) => `${model}/${version}`,
    async (key) => {
      const toArn = isVersion(key.version) ? await arnsOf(key.model) : null
      const found = toArn && (await describeExactly(client, toArn(key.version), key, call))
      return found && toVersionRecord(found)
    },
  )
}

/** By what is said of a version without its properties and its files. */
async function matchingPackages(
  client: Client,
  { filter }: VersionQuery,
  call: Call,
): Promise<PackageSummary[]> {
  const models = modelsIn(filter)
  const lists = await Promise.all(
    models === null
      ? [listPackages(client, null, call)]
      : [...models].map((model) => listPackages(client, model, call)),
  )
  return lists
    .flat()
    .filter(({ model, version, description, status, createdAt }) =>
      mayMatch(filter, { texts: { model, version, description, stage: toStage(status) }, createdAt }),
    )
}

/** Highest first; `null` when the model is not there. */
async function packagesOf(client: Client, model: string, call: Call): Promise<PackageSummary[] | null> {
  const packages = await listPackages(client, model, call)
  if (packages.length === 0 && (await getGroup(client, model, call)) === null) return null
  return packages.toSorted((a, b) => compareVersions(b.version, a.version))
}

/** Of packages by falling version: the first of each stage, and the one created last. */
function latestOf(packages: readonly PackageSummary[]): PackageSummary[] {
  const chosen = new Set<PackageSummary>()
  const stages = new Set<string>()
  let newest: PackageSummary | undefined
  for (const each of packages) {
    const stage = toStage(each.status)
    if (!stages.has(stage)) chosen.add(each)
    stages.add(stage)
    if (newest === undefined || timeOf(each) > timeOf(newest)) newest = each
  }
  return newest === undefined ? [] : [...chosen.add(newest)]
}

function timeOf({ createdAt }: PackageSummary): number {
  return createdAt?.getTime() ?? Number.NEGATIVE_INFINITY
}

/** Without those that were deleted in between. */
async function readVersions(
  client: Client,
  packages: readonly PackageSummary[],
  call: Call,
): Promise<ModelVersionRecord[]> {
  const found = await Promise.all(packages.map((each) => describeExactly(client, each.arn, each, call)))
  return found.flatMap((each) => (each === null ? [] : [toVersionRecord(each)]))
}
