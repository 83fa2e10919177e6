import { type ClaimsInSight, unreadIn } from '../logical/claims-in-sight.ts'
import { loadMembers } from '../logical/members.ts'
import { someOf } from '../logical/some-of.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import { holderOf } from './alias-holders.ts'

/** A logical model in one environment. */
export interface DriftSide {
  readonly environment: string
  /** Also where several models claim to be it. */
  readonly isThere: boolean
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
    const conflict = conflictIn(logical, environment)
    const trouble = conflict ?? gapIn(session, sight, environment)
    return { environment, isThere: conflict !== null, model: null, holder: null, trouble }
  }
  const { version, error } = await holderOf(session, member.record, alias)
  const trouble = error && `${JSON.stringify(member.registry)} could not be read: ${error.message}`
  return { environment, isThere: true, model: member.record, holder: version, trouble }
}

const conflictsNamed = 5

function conflictIn({ conflicts }: FederatedLogicalModel, environment: string): string | null {
  const own = conflicts.filter((conflict) => conflict.environment === environment)
  if (own.length === 0) return null
  const names = own.slice(0, conflictsNamed).map(({ registry, model }) => `${registry}/${model}`)
  return `Several models claim the name in ${environment}: ${someOf(names, own.length)}.`
}

/** Whether it cannot be said that there is none. */
function gapIn(session: Session, sight: ClaimsInSight, environment: string): string | null {
  const unread = unreadIn(session, sight, environment)
  if (unread.length === 0) return null
  const names = unread.map(({ registry }) => JSON.stringify(registry.name)).join(', ')
  return `${names} may hold it in ${environment}, and is not wholly in the catalog yet.`
}
