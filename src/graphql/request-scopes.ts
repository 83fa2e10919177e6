import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Company } from '../server/company.ts'
import type { DoorTools } from '../server/door.ts'
import type { RequestLog } from './request-log.ts'
import type { MeasuredSession, RequestScope } from './request-scope.ts'

/** One scope for each request, whoever asks for it first. */
export class RequestScopes<Session extends MeasuredSession> {
  readonly #openSession: DoorTools<Session>['openSession']
  readonly #requestLog: RequestLog
  readonly #scopes = new WeakMap<FastifyRequest, Promise<RequestScope<Session>>>()

  constructor(openSession: DoorTools<Session>['openSession'], requestLog: RequestLog) {
    this.#openSession = openSession
    this.#requestLog = requestLog
  }

  /** @throws RequestRefusal, and nothing else. */
  of(request: FastifyRequest, reply: FastifyReply, company?: Company): Promise<RequestScope<Session>> {
    const known = this.#scopes.get(request)
    if (known) return known
    const scope = this.#open(request, reply, company)
    this.#scopes.set(request, scope)
    return scope
  }

  async #open(
    request: FastifyRequest,
    reply: FastifyReply,
    company: Company | undefined,
  ): Promise<RequestScope<Session>> {
    const session = await this.#openSession(request, reply, company)
    this.#requestLog.opened(request, session)
    return { requestId: request.id, session }
  }
}
