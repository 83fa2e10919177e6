import { InputError } from '../errors/input-error.ts'
import { LimitError } from '../errors/limit-error.ts'
import { type LogicalModelTests, logicalModelsAfter } from '../list/list-logical-models.ts'
import { type ClaimsInSight, claimsInSight, unreadIn } from '../logical/claims-in-sight.ts'
import type { DriftRecord } from '../records/drift.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import type { ReadMode } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import { type DriftSide, loadDriftSide } from './drift-side.ts'
import { differencesOfHolders } from './holder-differences.ts'

export interface DriftArguments {
  readonly alias: string
  readonly from: string
  readonly to: string
  readonly where: LogicalModelTests
  readonly read: ReadMode
}

export const mostFindings = 5000
const modelsAtOnce = 500

/** What is another in one environment than in the other, by the names of the logical models. @throws InputError, LimitError */
export async function findDrift(session: Session, given: DriftArguments): Promise<DriftRecord[]> {
  const { from, to, where } = given
  session.assertEnvironment(from, 'from')
  session.assertEnvironment(to, 'to')
  if (from === to) throw new InputError('to', '`to` is the same environment as `from`; name another one.')
  for (const environment of where.missingIn) session.assertEnvironment(environment, 'where')
  const sight = await claimsInSight(session)
  // First of all, so that nobody takes what is left out for what is the same.
  const findings = unreadBetween(session, sight, [from, to])
  for await (const some of logicalModelsAfter(session, sight, where, null, modelsAtOnce)) {
    const found = await Promise.all(some.map((logical) => driftOf(session, sight, logical, given)))
    findings.push(...found.flat())
    if (findings.length <= mostFindings) continue
    throw new LimitError(`There are more than ${mostFindings} findings; narrow them by \`where\`.`)
  }
  return findings
}

/** Of no logical model, as it is not known of which ones there are. */
function unreadBetween(
  session: Session,
  sight: ClaimsInSight,
  environments: readonly string[],
): DriftRecord[] {
  return environments.flatMap((environment) =>
    unreadIn(session, sight, environment).map(({ registry }) => ({
      logicalModel: '',
      kind: 'UNKNOWN',
      from: null,
      to: null,
      detail: `${JSON.stringify(registry.name)} may hold models in ${environment}, and is not wholly in the catalog yet.`,
    })),
  )
}

async function driftOf(
  session: Session,
  sight: ClaimsInSight,
  logical: Omit<FederatedLogicalModel, 'mode'>,
  { alias, from, to, read }: DriftArguments,
): Promise<DriftRecord[]> {
  const model = { ...logical, mode: read }
  const [one, other] = await Promise.all(
    [from, to].map((environment) => loadDriftSide(session, sight, model, environment, alias)),
  )
  if (!one || !other) return []
  const found = await findingsOf(session, one, other, alias)
  return found.map(({ kind, detail }) => ({
    logicalModel: logical.name,
    kind,
    from: one.holder,
    to: other.holder,
    detail,
  }))
}

type Finding = Pick<DriftRecord, 'kind' | 'detail'>

async function findingsOf(
  session: Session,
  from: DriftSide,
  to: DriftSide,
  alias: string,
): Promise<readonly Finding[]> {
  if ([from, to].every(({ isThere }) => !isThere)) return []
  const unknown = [from, to].flatMap(({ trouble }) => trouble ?? [])
  if (unknown.length > 0) return [{ kind: 'UNKNOWN', detail: unknown.join(' ') }]
  const without = [from, to].find(({ model }) => model === null)
  if (without) return [{ kind: 'MISSING', detail: `No model of it is in ${without.environment}.` }]
  if (from.holder !== null && to.holder !== null) {
    return differencesOfHolders(session, { from, to, holders: [from.holder, to.holder] })
  }
  const unheld = [from, to].filter(({ holder }) => holder === null)
  const [only] = unheld
  if (unheld.length === 2 || !only) return []
  return [{ kind: 'MISSING', detail: `Nothing holds ${JSON.stringify(alias)} in ${only.environment}.` }]
}
