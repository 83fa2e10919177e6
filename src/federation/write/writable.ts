import type { Facets } from '../../contract/facet-places.ts'
import type { RegistryDescription, RegistryWrites } from '../../contract/index.ts'
import { RegistryError } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'

import type { RegistrySession } from '../session/registry-session.ts'

/** A registry that can be written to, and by what rules. */
export interface WritableRegistry {
  readonly session: RegistrySession
  readonly writes: RegistryWrites
  readonly description: RegistryDescription
}

/** @throws RegistryFailure UNSUPPORTED for a registry that is read-only. */
export async function toWritable(session: RegistrySession): Promise<WritableRegistry> {
  const writes = requireWrites(session)
  return { session, writes, description: await session.description() }
}

/** @throws RegistryFailure UNSUPPORTED for a registry that is read-only. */
export function requireWrites(
  session: RegistrySession,
  writes: RegistryWrites | undefined = session.link.facets.writes,
): RegistryWrites {
  if (!writes) throw unsupported(session, 'is read-only')
  return writes
}

/** What has to be in an adapter for something, and what its registry cannot do without it, after its name. */
export interface Needs<Part> {
  readonly part: (facets: Facets) => Part | undefined
  readonly toDo: string
}

/** A part that not every registry has. @throws RegistryFailure UNSUPPORTED when this one has it not. */
export function requirePart<Part>(
  session: RegistrySession,
  { part, toDo }: Needs<Part>,
  facets: Facets = session.link.facets,
): Part {
  const found = part(facets)
  if (found !== undefined) return found
  throw unsupported(session, `cannot ${toDo}`)
}

/** `what` stands after the registry's name. */
export function unsupported({ name }: RegistrySession, what: string): RegistryFailure {
  return new RegistryFailure(name, new RegistryError('UNSUPPORTED', `The registry "${name}" ${what}.`))
}

export function notFound({ name }: Pick<RegistrySession, 'name'>, what: string): RegistryFailure {
  return new RegistryFailure(
    name,
    new RegistryError('NOT_FOUND', `${what} is not in the registry "${name}".`),
  )
}
