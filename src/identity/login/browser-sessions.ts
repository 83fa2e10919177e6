import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../../contract/index.ts'
import type { IdentifiedCaller, Presented } from '../../server/caller.ts'
import type { Site } from '../../server/site.ts'
import type { SignIn, SignIns } from '../../state/sign-ins/sign-ins.ts'
import { createSecret, digestOf } from '../api-token.ts'
import { BrieflyKnown } from '../briefly-known.ts'
import { RefusedCredential } from '../refused-credential.ts'
import { OwnCookie } from './own-cookie.ts'
import { assertFromOwnPage, assertOpenedByOwnPage } from './own-page.ts'

/** Who is signed in by a browser: its cookie holds a random secret, and the database what it stands for. */
export class BrowserSessions {
  readonly cookie: OwnCookie
  readonly #signIns: SignIns
  readonly #known: BrieflyKnown<SignIn | null>
  readonly #site: Site

  constructor(signIns: SignIns, site: Site) {
    this.#signIns = signIns
    this.#known = new BrieflyKnown((digests) => signIns.findAll(digests))
    this.#site = site
    this.cookie = new OwnCookie(site, 'modelgate-session')
  }

  /** @throws RefusedCredential; RequestRefusal 403 for a request that a page of another site may have sent. */
  async identify(
    secret: string,
    { headers, isSocket }: Pick<Presented, 'headers' | 'isSocket'>,
  ): Promise<IdentifiedCaller> {
    if (isSocket) assertOpenedByOwnPage(headers, this.#site)
    else assertFromOwnPage(headers, this.#site)
    const signIn = await this.#known.get(digestOf(secret))
    if (!signIn || signIn.expiresAt <= Date.now())
      throw new RefusedCredential('nobody is signed in by it, any more')
    const { principal, groups } = signIn
    return { principal, groups, via: 'login' }
  }

  /** Ends what the browser was signed in by before. Answers the cookie to set. */
  async begin(
    { principal, groups }: Pick<Caller, 'principal' | 'groups'>,
    maxAgeMs: number,
    headers: IncomingHttpHeaders,
  ): Promise<string> {
    const secret = createSecret()
    await this.#signIns.add({ digest: digestOf(secret), principal, groups, expiresAt: Date.now() + maxAgeMs })
    await this.#forget(headers)
    return this.cookie.set(secret, Math.floor(maxAgeMs / 1000))
  }

  /** @throws RequestRefusal 403 for a request that a page of another site may have sent. */
  async end(headers: IncomingHttpHeaders): Promise<void> {
    assertFromOwnPage(headers, this.#site)
    await this.#forget(headers)
  }

  async #forget({ cookie }: IncomingHttpHeaders): Promise<void> {
    const secret = this.cookie.in(cookie)
    if (secret === null) return
    const digest = digestOf(secret)
    await this.#signIns.remove(digest)
    this.#known.forget(digest)
  }
}
