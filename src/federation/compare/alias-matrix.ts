import type { MetricRecord, RegistryError } from '../../contract/index.ts'
import { claimsInSight, unreadIn } from '../logical/claims-in-sight.ts'
import { loadMembers } from '../logical/members.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { SourceState } from '../registry/source-state.ts'
import { runOfVersion } from '../resolve/run-of-version.ts'
import { isSameArtifactOf } from '../resolve/same-artifact.ts'
import type { EnvironmentRecord } from '../session/environments.ts'
import type { Session } from '../session/session.ts'
import { holderOf } from './alias-holders.ts'

export interface AliasMatrixRecord {
  readonly alias: string
  readonly cells: readonly AliasCellRecord[]
}

export interface AliasCellRecord {
  readonly environment: EnvironmentRecord
  readonly model: FederatedModel | null
  readonly version: FederatedVersion | null
  readonly state: SourceState
  /** Why the holder is not known. */
  readonly error: RegistryError | null
  readonly metricKeys: readonly string[]
  /** The holder in the next lower environment that has one; null also where that is not known. */
  readonly previous: FederatedVersion | null
}

/**
 * Of every member the holder, lowest environment first; an environment without a member has a cell without a model.
 *
 * @param gaps how far it is known that there is none, asked once where there are many matrices.
 */
export async function aliasMatrix(
  session: Session,
  logical: FederatedLogicalModel,
  alias: string,
  metricKeys: readonly string[],
  gaps = () => gapsOf(session),
): Promise<AliasMatrixRecord> {
  const members = await loadMembers(session, logical)
  const held = await Promise.all(
    members.map(async (member) => ({ ...member, ...(await holderOf(session, member.record, alias)) })),
  )
  const byEnvironment = Map.groupBy(held, ({ environment }) => environment)
  const { environments } = session.federation
  const hasGaps = environments.all.some(({ name }) => !byEnvironment.has(name))
  const gapIn = hasGaps ? await gaps() : () => ({ state: 'OK', isUnread: false }) as const
  const cells: AliasCellRecord[] = []
  let previous: FederatedVersion | null = null
  for (const environment of environments.all) {
    const own = byEnvironment.get(environment.name) ?? []
    if (own.length === 0) {
      const { state, isUnread } = gapIn(environment.name)
      cells.push({ environment, model: null, version: null, state, error: null, metricKeys, previous: null })
      if (isUnread) previous = null
    }
    for (const { record: model, version, state, error } of own) {
      cells.push({ environment, model, version, state, error, metricKeys, previous })
    }
    // Between environments the first member counts. Where it could not be asked, nobody knows who is next below.
    const [first] = own
    previous = first?.error ? null : (first?.version ?? previous)
  }
  return { alias, cells }
}

/** Those asked for, of the version's run. */
export async function metricsOfCell(
  session: Session,
  { version, metricKeys }: AliasCellRecord,
): Promise<MetricRecord[] | null> {
  if (version === null) return null
  const run = metricKeys.length === 0 ? null : await runOfVersion(session, version)
  return (run?.metrics ?? []).filter(({ key }) => metricKeys.includes(key))
}

export async function isSameAsPrevious(
  session: Session,
  { version, previous }: AliasCellRecord,
): Promise<boolean | null> {
  return version && previous ? isSameArtifactOf(session, [previous, version]) : null
}

interface Gap {
  readonly state: SourceState
  /** Whether a model may be there that nobody knows of. */
  readonly isUnread: boolean
}

const gravest: readonly SourceState[] = ['ERROR', 'TIMEOUT', 'SKIPPED', 'STALE', 'OK']

/** How far it is known that an environment has no model: by the registries that may hold one. */
export async function gapsOf(session: Session): Promise<(environment: string) => Gap> {
  const { environments } = session.federation
  const sight = await claimsInSight(session)
  return (environment) => {
    const states = sight.sources
      .filter(({ registry }) => environments.mayHold(registry, [environment]))
      .map(({ state }) => state)
    const isUnread = unreadIn(session, sight, environment).length > 0
    return { state: gravest.find((state) => states.includes(state)) ?? 'OK', isUnread }
  }
}
