import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../contract/index.ts'
import { type Identify, localCaller, toPresented } from './caller.ts'
import { Company } from './company.ts'
import type { RequestSession } from './door.ts'
import { parseDeadline, type RequestFacts } from './request-facts.ts'
import { internalRefusal, RequestRefusal } from './request-refusal.ts'

export type OpenSession<Session extends RequestSession> = (facts: RequestFacts) => Session | Promise<Session>

export interface SessionOpener<Session extends RequestSession> {
  /** Null: nobody is asked who they are. */
  readonly identify: Identify | null
  readonly openSession: OpenSession<Session>
  readonly log: Logger
}

/**
 * A session that ends with its request, or with the last of its company; at once where nobody has to be asked for it.
 *
 * @throws RequestRefusal, and nothing else; so does the promise.
 */
export function openSessionOf<Session extends RequestSession>(
  request: FastifyRequest,
  reply: FastifyReply,
  opener: SessionOpener<Session>,
  company = new Company(),
): Session | Promise<Session> {
  const accompany = (session: Session) => {
    company.join(reply)
    company.whenOver(() => session.end())
    return session
  }
  return orRefuse(opener, request.id, () => {
    const session = open(request, opener, company)
    return session instanceof Promise ? session.then(accompany) : accompany(session)
  })
}

/** @throws RequestRefusal, and nothing else; so does the promise. */
export function orRefuse<T>(
  { log }: Pick<SessionOpener<never>, 'log'>,
  requestId: string,
  open: () => T | Promise<T>,
): T | Promise<T> {
  const refuse = (error: unknown): never => {
    if (error instanceof RequestRefusal) throw error
    log.error({ requestId, err: error }, 'a request could not begin')
    throw internalRefusal(requestId)
  }
  try {
    const opened = open()
    return opened instanceof Promise ? opened.catch(refuse) : opened
  } catch (error) {
    return refuse(error)
  }
}

function open<Session extends RequestSession>(
  request: FastifyRequest,
  { identify, openSession }: SessionOpener<Session>,
  { signal }: Company,
): Session | Promise<Session> {
  const { id: requestId } = request
  const deadlineMs = parseDeadline(request.headers['modelgate-deadline-ms'])
  if (identify === null) return openSession({ requestId, deadlineMs, signal, caller: localCaller })
  return identify(toPresented(request)).then((caller) =>
    openSession({ requestId, deadlineMs, signal, caller }),
  )
}
