import type { GatewayConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import { BrowserSessions } from '../identity/login/browser-sessions.ts'
import { lookForIssuer } from '../identity/login/look-for-issuer.ts'
import type { Identify } from '../server/caller.ts'
import type { Door, RequestSession } from '../server/door.ts'
import { Site } from '../server/site.ts'
import { ApiTokens } from '../state/api-tokens/api-tokens.ts'
import type { GatewayDatabase } from '../state/database.ts'
import { SignIns } from '../state/sign-ins/sign-ins.ts'
import { forwardsCredentials } from './forwarding.ts'

export interface OpenedIdentity {
  /** Null: nobody is asked who they are. */
  readonly identify: Identify | null
  /** By which people sign in. */
  readonly doors: readonly Door<RequestSession>[]
  /** Looks whether the issuers can be reached, and waits for nobody. */
  warmUp(): void
}

export function siteOf({ server }: GatewayConfig): Site {
  return new Site({ ...server, isEncrypted: server.tls !== null })
}

/** Who comes in, as the configuration has it. */
export async function openIdentity(
  { auth, registries }: Pick<GatewayConfig, 'auth' | 'registries'>,
  database: GatewayDatabase,
  site: Site,
  log: Logger,
): Promise<OpenedIdentity> {
  if (auth === null) return { identify: null, doors: [], warmUp() {} }
  const sessions = auth.login ? new BrowserSessions(new SignIns(database), site) : null
  // With what reads tokens, which a gateway that asks nobody does not need.
  const { Identity } = await import('../identity/identity.ts')
  const identity = await Identity.open({
    auth,
    tokens: new ApiTokens(database),
    sessions,
    forwards: registries.some(forwardsCredentials),
    log,
  })
  return {
    identify: identity.identify,
    doors: await openLogin(),
    warmUp() {
      void identity.warmUp()
      if (auth.login) void lookForIssuer(auth.login, log)
    },
  }

  async function openLogin() {
    if (auth?.login == null || sessions === null) return []
    const { loginDoor } = await import('../identity/login/login-door.ts')
    return [loginDoor({ config: auth.login, site, sessions, names: identity.names, log })]
  }
}
