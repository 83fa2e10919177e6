import {
  RegistryError,
  type VersionFilter,
  type VersionLeaf,
  type VersionOrder,
  versionOrderValues,
} from '../../contract/index.ts'
import { asksFor, metricOf, type VersionFacts, versionMatcher } from '../filter/matcher.ts'
import { toBackendFilter } from '../filter/to-backend-filter.ts'
import type { FederatedVersion } from '../records.ts'
import type { RegistrySession } from '../registry-session.ts'
import { mapInTurns } from '../turns.ts'
import type { RowKind } from './row-kind.ts'

export const versionRows: RowKind<FederatedVersion, VersionLeaf, VersionOrder> = {
  kind: 'versions',
  named: (tests) => ({ kind: 'text', field: 'model', tests }),
  toBackendFilter,
  list: (registry, query) => registry.reads.listVersions(query),
  nameOf: (version) => version.modelName,
  versionOf: (version) => version.version,
  isArchived: (version) => version.archived,
  examine: async (registry, rows, residue, order) => {
    const facts = await loadFacts(registry, rows, residue, order)
    const matches = residue === null ? null : versionMatcher(residue)
    const toCandidate = (row: FederatedVersion, index: number) => {
      const { flaw, ...known } = facts[index] ?? noFacts
      return {
        row,
        values: versionOrderValues(order, row, (key) => metricOf(known.run, key)),
        matches: matches === null || (flaw === null && matches({ version: row, ...known })),
        flaw,
      }
    }
    return mapInTurns(rows, toCandidate, registry.signal)
  },
  know: (registry, version) => registry.knowVersion(version),
}

interface OtherFacts extends Omit<VersionFacts, 'version'> {
  /** Why its run is not known. */
  readonly flaw: RegistryError | null
}

const noFacts: OtherFacts = { aliases: [], run: null, flaw: null }

/** Nothing is loaded that neither the filter nor the order looks at. */
async function loadFacts(
  registry: RegistrySession,
  rows: readonly FederatedVersion[],
  residue: VersionFilter | null,
  order: readonly VersionOrder[],
): Promise<readonly OtherFacts[]> {
  const needsAliases = asksFor<VersionLeaf>(residue, (leaf) => leaf.kind === 'text' && leaf.field === 'alias')
  const needsRuns =
    order.some(({ field }) => field === 'metric') ||
    asksFor<VersionLeaf>(residue, (leaf) => leaf.kind === 'metric' || leaf.kind === 'param')
  if (!needsAliases && !needsRuns) return []
  return Promise.all(
    rows.map(async (row) => {
      const [aliases, run] = await Promise.all([
        needsAliases ? registry.aliasesOfVersion(row) : [],
        needsRuns && row.runId !== null ? registry.runOrWhyNot(row.runId) : null,
      ])
      return RegistryError.is(run) ? { aliases, run: null, flaw: run } : { aliases, run, flaw: null }
    }),
  )
}
