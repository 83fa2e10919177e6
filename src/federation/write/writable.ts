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
export function requireWrites(session: RegistrySession): RegistryWrites {
  const { writes } = session.link.facets
  if (!writes) throw unsupported(session, 'is read-only')
  return writes
}

/** A part that not every registry has. @throws RegistryFailure UNSUPPORTED when this one has it not. */
export function requirePart<T>(session: RegistrySession, part: T | undefined, what: string): T {
  if (part !== undefined) return part
  throw unsupported(session, `cannot ${what}`)
}

/** `what` stands after the registry's name. */
export function unsupported({ name }: RegistrySession, what: string): RegistryFailure {
  return new RegistryFailure(name, new RegistryError('UNSUPPORTED', `The registry "${name}" ${what}.`))
}

export function notFound({ name }: RegistrySession, what: string): RegistryFailure {
  return new RegistryFailure(
    name,
    new RegistryError('NOT_FOUND', `${what} is not in the registry "${name}".`),
  )
}
