import { loadMembers } from '../logical/members.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { VersionComparison } from '../resolve/version-diff.ts'
import type { Session } from '../session/session.ts'

/** The holders of an alias in two environments, of the first member of each. @throws InputError */
export function compareHolders(
  session: Session,
  logical: FederatedLogicalModel,
  { alias, from, to }: { readonly alias: string; readonly from: string; readonly to: string },
): VersionComparison {
  session.assertEnvironment(from, 'from')
  session.assertEnvironment(to, 'to')
  return {
    from: () => holderIn(session, logical, from, alias),
    to: () => holderIn(session, logical, to, alias),
  }
}

async function holderIn(
  session: Session,
  logical: FederatedLogicalModel,
  environment: string,
  alias: string,
): Promise<FederatedVersion | null> {
  const own = logical.members.filter((member) => member.environment === environment)
  const [member] = await loadMembers(session, { ...logical, members: own })
  return member ? session.reader(member.record).holderOfAlias({ model: member.record.name, alias }) : null
}
