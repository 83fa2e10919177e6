import type { ClaimScope } from '../../stores/logical-catalog.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import { NotIndexedError } from '../registry/not-indexed-error.ts'
import type { KeptPart } from '../session/readers.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'

/** What the caller may see of who belongs together, and how far it is known. */
export interface ClaimsInSight {
  readonly scopes: readonly ClaimScope[]
  /** In the order of the configuration. */
  readonly sources: readonly ClaimSource[]
}

interface ClaimSource extends Omit<KeptPart, 'id'> {
  readonly registry: FederatedRegistry
  readonly latencyMs: null
  /** Whether it is known what its models belong to: they were read once, and asked about by the rules of today. */
  readonly isKnown: boolean
}

export async function claimsInSight(session: Session): Promise<ClaimsInSight> {
  const registries = session.selectRegistries(null, null)
  const { logical } = session.federation
  const settled = await logical.settled(registries.map(({ name }) => name))
  const sources = await Promise.all(
    registries.map((registry) => sourceOf(session, registry, settled.has(registry.name))),
  )
  const scopes = sources
    .filter(({ asOf }) => asOf !== null)
    .map(({ registry: { name } }) => ({ registry: name, names: session.access.nameFilter(name) }))
  return { scopes, sources }
}

/** Registries that may hold models that nobody knows of. What is left out of the catalog on purpose has no members. */
export function unreadIn(session: Session, { sources }: ClaimsInSight, environment: string): ClaimSource[] {
  const { environments } = session.federation
  return sources.filter(
    ({ registry, isKnown, error }) =>
      !isKnown && error?.code !== 'UNSUPPORTED' && environments.mayHold(registry, [environment]),
  )
}

/** Of the catalog, which says who belongs together in either mode. */
async function sourceOf(
  session: Session,
  registry: RegistrySession,
  isSettled: boolean,
): Promise<ClaimSource> {
  const kept = await session.federation.readers.kept(registry)
  const isKnown = isSettled && kept.asOf !== null
  const source = { registry: registry.record, latencyMs: null, isKnown, ...kept }
  if (isSettled || kept.asOf === null) return source
  const message = `The rules of logicalModels are just being asked about the models of "${registry.name}"; ask again in a moment.`
  return { ...source, state: 'STALE', error: new NotIndexedError('REGISTRY_UNAVAILABLE', message) }
}
