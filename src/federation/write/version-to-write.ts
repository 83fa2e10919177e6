import type { VersionKey } from '../../contract/index.ts'
import { locateVersion, type VersionReference } from '../resolve/version-reference.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import { notFound } from './writable.ts'

/** A version as writes name it. */
export interface VersionToWrite extends VersionKey {
  readonly registry: RegistrySession
}

/** Asks the registry only where the reference does not name the version itself. @throws RegistryFailure NOT_FOUND */
export async function findVersionToWrite(
  session: Session,
  reference: VersionReference,
  field: string,
): Promise<VersionToWrite> {
  const { registry, key, find } = locateVersion(session, reference, field)
  if (key) return { registry, ...key }
  const found = await find()
  if (!found) throw notFound(registry, 'The version that this names')
  return { registry, model: found.modelName, version: found.version }
}
