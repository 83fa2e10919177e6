import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../../contract/index.ts'
import type { IdentifiedCaller } from '../../server/caller.ts'
import type { Site } from '../../server/site.ts'
import type { SignIn, SignIns } from '../../state/sign-ins/sign-ins.ts'
import { createSecret, digestOf } from '../api-token.ts'
import { BrieflyKnown } from '../briefly-known.ts'
import { cookieOf } from '../presented-credential.ts'
import { RefusedCredential } from '../refused-credential.ts'
import { assertFromOwnPage } from './own-page.ts'

/** Who is signed in by a browser: its cookie holds a random secret, and the database what it stands for. */
export class BrowserSessions {
  readonly cookieName: string
  /** Makes a browser forget its own. */
  readonly clearingCookie: string
  readonly #signIns: SignIns
  readonly #known: BrieflyKnown<SignIn | null>
  readonly #site: Site
  readonly #attributes: string

  constructor(signIns: SignIns, site: Site) {
    this.#signIns = signIns
    this.#known = new BrieflyKnown((digest) => signIns.find(digest))
    this.#site = site
    // With this prefix, no neighbour under another name of the same domain can set it.
    this.cookieName = site.isSecure && site.prefix === '' ? '__Host-modelgate' : 'modelgate-session'
    this.#attributes = `Path=${site.prefix}/; HttpOnly; SameSite=Lax${site.isSecure ? '; Secure' : ''}`
    this.clearingCookie = `${this.cookieName}=; Max-Age=0; ${this.#attributes}`
  }

  /** @throws RefusedCredential; RequestRefusal 403 for a request that a page of another site may have sent. */
  async identify(secret: string, headers: IncomingHttpHeaders): Promise<IdentifiedCaller> {
    assertFromOwnPage(headers, this.#site)
    const signIn = await this.#known.get(digestOf(secret))
    if (!signIn || signIn.expiresAt <= Date.now())
      throw new RefusedCredential('nobody is signed in by it, any more')
    const { principal, groups } = signIn
    return { principal, groups, via: 'login' }
  }

  /** Answers the cookie to set. */
  async begin(
    { principal, groups }: Pick<Caller, 'principal' | 'groups'>,
    maxAgeMs: number,
  ): Promise<string> {
    const secret = createSecret()
    await this.#signIns.add({ digest: digestOf(secret), principal, groups, expiresAt: Date.now() + maxAgeMs })
    const seconds = Math.floor(maxAgeMs / 1000)
    return `${this.cookieName}=${secret}; Max-Age=${seconds}; ${this.#attributes}`
  }

  /** @throws RequestRefusal 403 for a request that a page of another site may have sent. */
  async end(headers: IncomingHttpHeaders): Promise<void> {
    assertFromOwnPage(headers, this.#site)
    const secret = cookieOf(headers.cookie, this.cookieName)
    if (secret === null) return
    const digest = digestOf(secret)
    await this.#signIns.remove(digest)
    this.#known.forget(digest)
  }
}
