import {
  RegistryError,
  type RunRecord,
  type VersionFilter,
  type VersionLeaf,
  versionOrderValues,
} from '../../contract/index.ts'
import { asksFor, isOfRun } from '../filter/filter-tree.ts'
import { metricOf, type VersionFacts, versionMatcher } from '../filter/matcher.ts'
import { mayHaveRunByOrigin } from '../filter/run-by-origin.ts'
import { toBackendFilter } from '../filter/to-backend-filter.ts'
import type { FederatedVersion } from '../records/records.ts'
import { type FederatedVersionOrder, isOfRegistry } from '../records/row-order.ts'
import { runDuration } from '../records/run-duration.ts'
import { hasRunByOrigin, runOfVersionOrWhyNot } from '../resolve/run-of-version.ts'
import type { Reader } from '../session/reader.ts'
import type { Session } from '../session/session.ts'
import { mapInTurns } from '../turns.ts'
import type { Asked, RowKind } from './row-kind.ts'

/** `session`: what a row's run says may stand in another registry. */
export function versionRows(session: Session): RowKind<FederatedVersion, VersionLeaf, FederatedVersionOrder> {
  return {
    kind: 'versions',
    named: (tests) => ({ kind: 'text', field: 'model', tests }),
    toBackendFilter: (filter, asked) => toBackendFilter(filter, asked),
    list: (registry, query) => registry.listVersions(query),
    nameOf: (version) => version.modelName,
    isArchived: (version) => version.archived,
    tagsOfModel: async (registry, { modelName }) => (await registry.model(modelName))?.tags ?? [],
    apart: (order) => (order.some(isByRun) ? mayHaveRunByOrigin : null),
    examine: (registry, rows, asked) => examine(session, registry, rows, asked),
    know: (registry, version) => registry.knowVersion(version),
  }
}

async function examine(
  session: Session,
  registry: Reader,
  rows: readonly FederatedVersion[],
  { residue, whole, order }: Asked<VersionLeaf, FederatedVersionOrder>,
) {
  const isByOrigin = asksFor(whole, isOfRun) ? hasRunByOrigin : () => false
  const matchesResidue = residue && versionMatcher(residue)
  const matchesWhole = whole && versionMatcher(whole)
  const facts = await loadFacts(session, rows, (row) => (isByOrigin(row) ? whole : residue), order)
  const toCandidate = (row: FederatedVersion, index: number) => {
    const { flaw, ...known } = facts[index] ?? noFacts
    const matches = isByOrigin(row) ? matchesWhole : matchesResidue
    return {
      row,
      values: order.map((entry) => orderValueOf(entry, row, known.run)),
      name: row.modelName,
      version: row.version,
      matches: matches === null || (flaw === null && matches({ version: row, ...known })),
      flaw,
    }
  }
  return mapInTurns(rows, toCandidate, registry)
}

const isByRun = ({ field }: FederatedVersionOrder) => field === 'metric' || field === 'duration'
const isOfAliases = (leaf: VersionLeaf) => leaf.kind === 'text' && leaf.field === 'alias'

function orderValueOf(entry: FederatedVersionOrder, row: FederatedVersion, run: RunRecord | null) {
  if (!isOfRegistry(entry)) return entry.field === 'size' ? row.sizeBytes : runDuration(run)
  const [value = null] = versionOrderValues([entry], row, (key) => metricOf(run, key))
  return value
}

interface OtherFacts extends Omit<VersionFacts, 'version'> {
  /** Why its run is not known. */
  readonly flaw: RegistryError | null
}

const noFacts: OtherFacts = { aliases: [], run: null, flaw: null }

/** Nothing is loaded that neither the filter of a row nor the order looks at. */
async function loadFacts(
  session: Session,
  rows: readonly FederatedVersion[],
  filterOf: (row: FederatedVersion) => VersionFilter | null,
  order: readonly FederatedVersionOrder[],
): Promise<readonly OtherFacts[]> {
  const needsOf = memoized((filter: VersionFilter | null) => ({
    aliases: asksFor(filter, isOfAliases),
    run: order.some(isByRun) || asksFor(filter, isOfRun),
  }))
  const isNeeded = rows.some((row) => {
    const needs = needsOf(filterOf(row))
    return needs.aliases || needs.run
  })
  // A promise for each row costs more than all else that is done with it here.
  if (!isNeeded) return []
  return Promise.all(
    rows.map(async (row) => {
      const needs = needsOf(filterOf(row))
      if (!needs.aliases && !needs.run) return noFacts
      const [aliases, run] = await Promise.all([
        needs.aliases ? session.reader(row).aliasesOfVersion(row) : [],
        needs.run ? runOfVersionOrWhyNot(session, row) : null,
      ])
      return RegistryError.is(run) ? { aliases, run: null, flaw: run } : { aliases, run, flaw: null }
    }),
  )
}

function memoized<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
