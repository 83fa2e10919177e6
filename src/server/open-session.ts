import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../contract/index.ts'
import { type Identify, toPresented } from './caller.ts'
import { Company } from './company.ts'
import type { RequestSession } from './door.ts'
import { parseDeadline, type RequestFacts } from './request-facts.ts'
import { internalRefusal, RequestRefusal } from './request-refusal.ts'

export type OpenSession<Session extends RequestSession> = (facts: RequestFacts) => Session | Promise<Session>

export interface SessionOpener<Session extends RequestSession> {
  readonly identify: Identify
  readonly openSession: OpenSession<Session>
  readonly log: Logger
}

/** A session that ends with its request, or with the last of its company. @throws RequestRefusal, and nothing else. */
export function openSessionOf<Session extends RequestSession>(
  request: FastifyRequest,
  reply: FastifyReply,
  opener: SessionOpener<Session>,
  company = new Company(),
): Promise<Session> {
  return orRefuse(opener, request.id, async () => {
    const deadlineMs = parseDeadline(request.headers['modelgate-deadline-ms'])
    const caller = await opener.identify(toPresented(request))
    const facts = { requestId: request.id, deadlineMs, signal: company.signal, caller }
    const session = await opener.openSession(facts)
    company.join(reply)
    company.whenOver(() => session.end())
    return session
  })
}

/** @throws RequestRefusal, and nothing else. */
export async function orRefuse<T>(
  { log }: Pick<SessionOpener<never>, 'log'>,
  requestId: string,
  open: () => Promise<T>,
): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof RequestRefusal) throw error
    log.error({ requestId, err: error }, 'a request could not begin')
    throw internalRefusal(requestId)
  }
}
