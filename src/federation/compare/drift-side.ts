import type { ClaimsInSight } from '../logical/claims-in-sight.ts'
import { loadMembers } from '../logical/members.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import { holderOf } from './alias-holders.ts'

/** A logical model in one environment. */
export interface DriftSide {
  readonly environment: string
  readonly model: FederatedModel | null
  readonly holder: FederatedVersion | null
  /** Why nothing can be said of it; null: it was read. */
  readonly trouble: string | null
}

/** The first member counts. */
export async function loadDriftSide(
  session: Session,
  sight: ClaimsInSight,
  logical: FederatedLogicalModel,
  environment: string,
  alias: string,
): Promise<DriftSide> {
  const own = logical.members.filter((member) => member.environment === environment)
  const [member] = own.length === 0 ? [] : await loadMembers(session, { ...logical, members: own })
  if (member === undefined) {
    const trouble = conflictIn(logical, environment) ?? gapIn(session, sight, environment)
    return { environment, model: null, holder: null, trouble }
  }
  const { version, error } = await holderOf(session, member.record, alias)
  const trouble = error && `${JSON.stringify(member.registry)} could not be read: ${error.message}`
  return { environment, model: member.record, holder: version, trouble }
}

function conflictIn({ conflicts }: FederatedLogicalModel, environment: string): string | null {
  const own = conflicts.filter((conflict) => conflict.environment === environment)
  if (own.length === 0) return null
  const names = own.map(({ registry, model }) => `${registry}/${model}`).join(', ')
  return `Several models claim the name in ${environment}: ${names}.`
}

/** Whether it cannot be said that there is none. What is left out of the catalog on purpose has no members. */
function gapIn(session: Session, { sources }: ClaimsInSight, environment: string): string | null {
  const { environments } = session.federation
  const unread = sources.filter(
    ({ registry, asOf, error }) =>
      asOf === null && error?.code !== 'UNSUPPORTED' && environments.mayHold(registry, [environment]),
  )
  if (unread.length === 0) return null
  const names = unread.map(({ registry }) => JSON.stringify(registry.name)).join(', ')
  return `${names} may hold it in ${environment}, and was not read into the catalog yet.`
}
