import type { LoginConfig } from '../../config/auth-config.ts'
import type { Logger } from '../../contract/index.ts'
import { loadJson } from '../jwt/load-json.ts'

/** Before the first one wants to sign in: whoever runs the gateway is told when nobody can. */
export async function lookForIssuer({ issuer, place }: LoginConfig, log: Logger): Promise<void> {
  try {
    await loadJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  } catch (error) {
    const message = 'where people sign in cannot be reached; nobody can until it can; check that address'
    log.warn({ issuer, place, err: error }, message)
  }
}
