import { RegistryError } from '../contract/index.ts'
import type { Permissions } from '../federation/permissions/permissions.ts'
import { type Access, fullAccess } from '../federation/session/access.ts'
import type { IdentifiedCaller } from '../server/caller.ts'
import { RequestRefusal } from '../server/request-refusal.ts'

/**
 * What may be seen and done by whoever sends a request: everything where nobody is asked who they are.
 *
 * @throws RequestRefusal 503 when that is not known.
 */
export function accessOf(caller: IdentifiedCaller, permissions: Permissions): Access | Promise<Access> {
  return caller.via === 'local' ? fullAccess : grantedAccess(caller, permissions)
}

async function grantedAccess(
  { principal, groups, via }: IdentifiedCaller,
  permissions: Permissions,
): Promise<Access> {
  try {
    return await permissions.accessOf({ principal, groups, isSignedIn: via !== 'anonymous' })
  } catch (error) {
    if (!RegistryError.is(error)) throw error
    throw new RequestRefusal(503, error.message, { code: error.code, retryable: true })
  }
}
