import DataLoader from 'dataloader'
import { compareCodePoints } from '../../contract/index.ts'
import type { ClaimRecord, ClaimScope } from '../../stores/logical-catalog.ts'
import type { ModelPlace } from '../../stores/places.ts'
import type { FederatedLogicalModel, LogicalConflictPlace, LogicalPlace } from '../records/logical.ts'
import type { FederatedModel, ReadMode } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import { claimsInSight } from './claims-in-sight.ts'

interface Loaders {
  readonly byName: DataLoader<string, Omit<FederatedLogicalModel, 'mode'> | null>
  readonly nameOf: DataLoader<ModelPlace, string | null, string>
}

const loaders = new WeakMap<Session, Loaders>()

/** Null when no model that the caller may see belongs to it. */
export async function logicalModel(
  session: Session,
  name: string,
  mode: ReadMode,
): Promise<FederatedLogicalModel | null> {
  const found = await loadersOf(session).byName.load(name)
  return found && { ...found, mode }
}

/** The one that a model belongs to. */
export async function logicalModelOf(
  session: Session,
  { registry, name: model, mode }: FederatedModel,
): Promise<FederatedLogicalModel | null> {
  const name = await loadersOf(session).nameOf.load({ registry, model })
  return name === null ? null : logicalModel(session, name, mode)
}

/** Of each name the logical model, in the order of the names; null where nothing is to be seen of it. */
export async function assembleLogicalModels(
  session: Session,
  scopes: readonly ClaimScope[],
  names: readonly string[],
): Promise<(Omit<FederatedLogicalModel, 'mode'> | null)[]> {
  const { environments, logical } = session.federation
  const claims = names.length === 0 ? [] : await logical.claims(scopes, names)
  const visible = claims.filter(
    ({ registry, model, environment }) =>
      session.access.admits(registry, model) && environments.get(environment) !== null,
  )
  const byName = Map.groupBy(visible, ({ name }) => name)
  return names.map((name) => {
    const own = byName.get(name)
    return own ? { name, ...joined(session, own) } : null
  })
}

/** Once for all that are asked for in the same moment; anew each time, as something may be written in between. */
function loadersOf(session: Session): Loaders {
  const known = loaders.get(session)
  if (known) return known
  const made: Loaders = {
    byName: new DataLoader(
      async (names: readonly string[]) => {
        const distinct = [...new Set(names)]
        const found = await assembleLogicalModels(session, (await claimsInSight(session)).scopes, distinct)
        const byName = new Map(distinct.map((name, index) => [name, found[index] ?? null]))
        return names.map((name) => byName.get(name) ?? null)
      },
      { cache: false },
    ),
    nameOf: new DataLoader(
      async (places: readonly ModelPlace[]) => [...(await session.federation.logical.namesOf(places))],
      { cache: false, cacheKeyFn: ({ registry, model }) => JSON.stringify([registry, model]) },
    ),
  }
  loaders.set(session, made)
  return made
}

/** Where one model alone has the place in a registry and an environment, it is a member; several are a conflict. */
function joined(
  session: Session,
  claims: readonly ClaimRecord[],
): Pick<FederatedLogicalModel, 'members' | 'conflicts'> {
  const places = Map.groupBy(claims, ({ registry, environment }) => JSON.stringify([registry, environment]))
  const members: LogicalPlace[] = []
  const conflicts: LogicalConflictPlace[] = []
  for (const claimants of places.values()) {
    const [only] = claimants
    if (claimants.length === 1 && only) members.push(toPlace(only))
    else conflicts.push(...inConflict(claimants))
  }
  const compare = inOrder(session)
  return { members: members.sort(compare), conflicts: conflicts.sort(compare) }
}

function toPlace({ registry, model, environment, matchedBy }: ClaimRecord): LogicalPlace {
  return { registry, model, environment, matchedBy }
}

/** Thousands may claim one name, so that none of them holds a list of its own of all others. */
function inConflict(claims: readonly ClaimRecord[]): LogicalConflictPlace[] {
  const rules = new Set(claims.map(({ matchedBy }) => matchedBy))
  const claimants = claims.map(({ model }) => model).sort(compareCodePoints)
  return claims.map((claim) => ({
    ...toPlace(claim),
    rules: [...new Set([claim.matchedBy, ...rules])],
    claimants,
  }))
}

function inOrder({ federation: { environments, links } }: Session) {
  const placeOf = new Map(links.map(({ name }, index) => [name, index]))
  const rankOf = (environment: string) => environments.get(environment)?.rank ?? 0
  return (a: LogicalPlace, b: LogicalPlace): number =>
    rankOf(a.environment) - rankOf(b.environment) ||
    (placeOf.get(a.registry) ?? 0) - (placeOf.get(b.registry) ?? 0) ||
    compareCodePoints(a.model, b.model)
}
