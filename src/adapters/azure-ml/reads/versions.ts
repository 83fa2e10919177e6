import {
  type Call,
  compareVersions,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type VersionReads,
  type VersionsOfModel,
} from '../../../contract/index.ts'
import type { ReadRows } from '../../http/read-rows.ts'
import type { AzureRegistry } from '../registry.ts'
import { isPossibleModel, modelPath } from '../wire/place.ts'
import { loadEach } from './load-each.ts'
import { movedOfLate } from './moved-of-late.ts'
import { getVersions, readVersions } from './read-versions.ts'
import { listVersions } from './version-list.ts'
import { unlistedVersions } from './version-numbers.ts'

export function versionReads(registry: AzureRegistry): VersionReads {
  return {
    get: (keys, call) => getVersions(registry, keys, null, call),
    list: (query, call) => listVersions(registry, query, call),
    ofModels: async (names, _limit, call) => {
      const outcomes = await versionsByNow(registry, names, call)
      return outcomes.map((outcome): Outcome<VersionsOfModel> => {
        if (outcome === null || RegistryError.is(outcome)) return outcome
        const { rows, flaw } = outcome
        const versions = rows.toSorted((a, b) => compareVersions(b.version, a.version))
        return { versions, complete: flaw === null }
      })
    },
    latest: async (names, call) => {
      const outcomes = await versionsByNow(registry, names, call)
      return outcomes.map((outcome) =>
        // The highest of all may be the one that cannot be read.
        outcome === null || RegistryError.is(outcome) ? outcome : (outcome.flaw ?? pickLatest(outcome.rows)),
      )
    },
  }
}

/** All of each model. Only one that seems to have none costs a second look: it may not be there. */
function versionsOfModels(registry: AzureRegistry, names: readonly string[], call: Call) {
  return loadEach(names, {
    identify: (name) => name,
    possible: isPossibleModel,
    limit: registry.connections,
    load: async (name): Promise<ReadRows<ModelVersionRecord> | null> => {
      const read = await readVersions(registry, name, true, null, call)
      if (read !== null && (read.rows.length > 0 || read.flaw !== null)) return read
      return (await registry.assets.get(modelPath(registry.place, name), call)) && { rows: [], flaw: null }
    },
  })
}

/**
 * What another gateway has made or moved of late a list may not show; of one model, which may be about to be written
 * to, that is looked up.
 */
async function versionsByNow(registry: AzureRegistry, names: readonly string[], call: Call) {
  const outcomes = await versionsOfModels(registry, names, call)
  const [name, ...others] = names
  const [read] = outcomes
  if (name === undefined || others.length > 0 || read == null || RegistryError.is(read)) return outcomes
  return [await withNewest(registry, name, read, call)]
}

async function withNewest(
  registry: AzureRegistry,
  name: string,
  read: ReadRows<ModelVersionRecord>,
  call: Call,
): Promise<ReadRows<ModelVersionRecord>> {
  const container = await registry.assets.get(modelPath(registry.place, name), call)
  if (container === null) return read
  const listed = read.rows.map(({ version }) => version)
  const newest = [...new Set([...movedOfLate(container), ...unlistedVersions(container, listed)])]
  const keys = newest.map((version) => ({ model: name, version }))
  const found = await getVersions(registry, keys, null, call)
  const rows = read.rows.filter(({ version }) => !newest.includes(version))
  let { flaw } = read
  for (const version of found) {
    if (RegistryError.is(version)) flaw ??= version
    else if (version !== null) rows.push(version)
  }
  return { rows, flaw }
}

/** The highest of each stage, and the one created last. */
function pickLatest(versions: readonly ModelVersionRecord[]): ModelVersionRecord[] {
  const byStage = Map.groupBy(versions, ({ stage }) => stage)
  const highest = [...byStage.values()].map((group) => group.reduce((a, b) => (isHigher(b, a) ? b : a)))
  const last = versions.toSorted(byCreation)[0]
  return [...new Set([...highest, ...(last === undefined ? [] : [last])])]
}

function isHigher(a: ModelVersionRecord, b: ModelVersionRecord): boolean {
  return compareVersions(a.version, b.version) > 0
}

function byCreation(a: ModelVersionRecord, b: ModelVersionRecord): number {
  return (
    (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || compareVersions(b.version, a.version)
  )
}
