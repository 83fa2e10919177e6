import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Company } from '../server/company.ts'
import type { DoorTools } from '../server/door.ts'
import type { MeasuredSession, RequestScope } from './request-scope.ts'

/** On the request itself: to find it in a weak map takes the garbage collector longer than all else that a scope needs. */
const kept = Symbol('scope')

type Asked<Session extends MeasuredSession> = FastifyRequest & {
  [kept]?: RequestScope<Session> | Promise<RequestScope<Session>>
}

/** One scope for each request, whoever asks for it first. */
export class RequestScopes<Session extends MeasuredSession> {
  readonly #openSession: DoorTools<Session>['openSession']

  constructor(openSession: DoorTools<Session>['openSession']) {
    this.#openSession = openSession
  }

  /** There at once where nobody has to be asked for it. @throws RequestRefusal, and nothing else; so does the promise. */
  of(
    request: FastifyRequest,
    reply: FastifyReply,
    company?: Company,
  ): RequestScope<Session> | Promise<RequestScope<Session>> {
    const asked = request as Asked<Session>
    if (asked[kept]) return asked[kept]
    const toScope = (session: Session) => {
      const scope = { requestId: request.id, session, line: { isWritten: false } }
      asked[kept] = scope
      return scope
    }
    const session = this.#openSession(request, reply, company)
    if (!(session instanceof Promise)) return toScope(session)
    asked[kept] = session.then(toScope)
    return asked[kept]
  }

  /** The one that is open; null: none is. */
  find(request: FastifyRequest): RequestScope<Session> | null {
    const scope = (request as Asked<Session>)[kept]
    return scope === undefined || scope instanceof Promise ? null : scope
  }
}
