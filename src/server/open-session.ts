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
export async function openSessionOf<Session extends RequestSession>(
  request: FastifyRequest,
  reply: FastifyReply,
  { identify, openSession, log }: SessionOpener<Session>,
  company = new Company(),
): Promise<Session> {
  try {
    const deadlineMs = parseDeadline(request.headers['modelgate-deadline-ms'])
    const caller = await identify(toPresented(request))
    const session = await openSession({ requestId: request.id, deadlineMs, signal: company.signal, caller })
    company.join(reply)
    company.whenOver(() => session.end())
    return session
  } catch (error) {
    if (error instanceof RequestRefusal) throw error
    log.error({ requestId: request.id, err: error }, 'a request could not begin')
    throw internalRefusal(request.id)
  }
}
