import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LoginConfig } from '../../config/auth-config.ts'
import type { Logger } from '../../contract/index.ts'
import { addressOf } from '../../server/caller.ts'
import type { Door, RequestSession } from '../../server/door.ts'
import type { Site } from '../../server/site.ts'
import { Failures } from '../failures.ts'
import { type Names, nameByClaims } from '../names.ts'
import { busyRefusal } from '../refusals.ts'
import { RefusedCredential } from '../refused-credential.ts'
import type { BrowserSessions } from './browser-sessions.ts'
import { type LoginAttempt, OpenIdProvider, ProviderUnavailable } from './openid-provider.ts'
import { OwnCookie } from './own-cookie.ts'

export interface LoginDoorOptions {
  readonly config: LoginConfig
  readonly site: Site
  readonly sessions: BrowserSessions
  readonly names: Names
  readonly log: Logger
}

const attemptSeconds = 600
/** Browsers keep cookies of 4096 bytes, this one in base64 with the rest of the attempt. */
const longestReturn = 1024

/**
 * `/login` sends people to where they sign in, and they come back to `/login/callback`; a POST to `/logout` signs them
 * out.
 */
export function loginDoor(options: LoginDoorOptions): Door<RequestSession> {
  return {
    name: 'login',
    async open(server) {
      new Login(options).addRoutes(server)
      return async () => {}
    },
  }
}

class Login {
  readonly #options: LoginDoorOptions
  readonly #provider: OpenIdProvider
  readonly #attempt: OwnCookie
  readonly #failures = new Failures()

  constructor(options: LoginDoorOptions) {
    this.#options = options
    this.#provider = new OpenIdProvider(options.config)
    this.#attempt = new OwnCookie(options.site, 'modelgate-login', '/login')
  }

  addRoutes(server: FastifyInstance): void {
    server.get<{ Querystring: { returnTo?: unknown } }>('/login', async (request, reply) => {
      const { returnTo } = request.query
      return this.#guarded(request, reply, () => this.#send(request, reply, returnTo))
    })
    server.get('/login/callback', async (request, reply) =>
      this.#guarded(request, reply, () => this.#receive(request, reply)),
    )
    server.post('/logout', async (request, reply) => {
      const { sessions } = this.#options
      await sessions.end(request.headers)
      return reply.header('set-cookie', sessions.cookie.clearing).code(204).send()
    })
  }

  async #send(request: FastifyRequest, reply: FastifyReply, returnTo: unknown): Promise<FastifyReply> {
    const attempt = await this.#provider.begin(this.#callbackUrl(request))
    const kept = { ...attempt.kept, returnTo: this.#ownAddress(request, returnTo) }
    const value = Buffer.from(JSON.stringify(kept)).toString('base64url')
    return reply
      .header('set-cookie', this.#attempt.set(value, attemptSeconds))
      .redirect(attempt.url.href, 303)
  }

  async #receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { config, sessions, names, log } = this.#options
    const waitMs = this.#failures.waitMs(addressOf(request))
    if (waitMs > 0) throw busyRefusal(waitMs)
    const kept = readAttempt(this.#attempt.in(request.headers.cookie))
    if (kept === null)
      throw new RefusedCredential('the browser did not begin to sign in here, or too long ago')
    const url = this.#callbackUrl(request)
    url.search = new URL(request.url, url).search
    const claims = await this.#provider.finish(url, kept)
    const caller = nameByClaims(claims, config, names)
    const cookie = await sessions.begin(caller, config.maxAgeHours * 3_600_000, request.headers)
    log.info({ requestId: request.id, address: addressOf(request), principal: caller.principal }, 'signed in')
    return reply
      .header('set-cookie', [cookie, this.#attempt.clearing])
      .redirect(this.#ownAddress(request, kept.returnTo), 303)
  }

  async #guarded(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    reply.header('cache-control', 'no-store')
    try {
      return await work()
    } catch (error) {
      const { log, config } = this.#options
      const facts = { requestId: request.id, address: addressOf(request), issuer: config.issuer }
      if (error instanceof ProviderUnavailable) {
        log.error(
          { ...facts, place: config.place, err: error.cause },
          'where people sign in cannot be reached',
        )
        return sendText(
          reply,
          503,
          'Signing in does not work at present: the issuer cannot be reached. Try again.',
        )
      }
      if (!(error instanceof RefusedCredential)) throw error
      this.#failures.note(addressOf(request))
      const { message: reason, cause } = error
      log.warn({ ...facts, reason, ...(cause !== undefined && { err: cause }) }, 'signing in was refused')
      reply.header('set-cookie', this.#attempt.clearing)
      const text = `You could not be signed in. Ask whoever runs this gateway, with the request id ${request.id}.`
      return sendText(reply, 401, text)
    }
  }

  #callbackUrl(request: FastifyRequest): URL {
    return new URL('login/callback', this.#options.site.baseUrl(request.headers.host))
  }

  /** Nowhere but to the gateway itself, whatever a link or a cookie says. */
  #ownAddress({ headers }: FastifyRequest, wanted: unknown): string {
    const base = this.#options.site.baseUrl(headers.host)
    const target = typeof wanted === 'string' ? URL.parse(wanted, base.href) : null
    if (target?.origin !== base.origin || !target.pathname.startsWith(base.pathname)) return base.href
    const address = `${target.origin}${target.pathname}${target.search}`
    return address.length > longestReturn ? base.href : address
  }
}

function readAttempt(value: string | null): (LoginAttempt['kept'] & { readonly returnTo: string }) | null {
  if (value === null || value === '') return null
  try {
    const { state, nonce, verifier, returnTo } = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
    const texts = [state, nonce, verifier, returnTo]
    if (!texts.every((text) => typeof text === 'string')) return null
    return { state, nonce, verifier, returnTo }
  } catch {
    return null
  }
}

function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`)
}
