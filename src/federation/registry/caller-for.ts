import { createHash } from 'node:crypto'
import { type Caller, RegistryError } from '../../contract/index.ts'
import type { RegistrySettings } from './registry-settings.ts'

/**
 * Who asks, as far as this registry is told: never a credential, unless its configuration forwards them.
 *
 * @throws RegistryError FORBIDDEN where it is asked with callers' own credentials and this one has none that could be sent.
 */
export function callerFor(
  { name, forwards = false }: RegistrySettings,
  { caller, asGateway = false }: { readonly caller: Caller | null; readonly asGateway?: boolean },
): Caller | null {
  if (!forwards) return caller && withoutCredential(caller)
  if (asGateway) return null
  if (caller?.credential !== undefined) return caller
  throw new RegistryError(
    'FORBIDDEN',
    `The registry "${name}" is asked with the caller's own JSON web token: send one in the header Authorization.`,
    { nothingWritten: true },
  )
}

/** What two calls have to have in common to share an answer that depends on who asks; no credential stands in it. */
export function keyOf(caller: Caller | null): unknown {
  if (caller?.credential === undefined) return caller
  const digest = createHash('sha256').update(caller.credential).digest('base64url')
  return { ...withoutCredential(caller), digest }
}

function withoutCredential({ principal, groups }: Caller): Caller {
  return { principal, groups }
}
