import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../contract/index.ts'
import { type Identify, toPresented } from './caller.ts'
import type { RequestSession } from './door.ts'
import { parseDeadline, type RequestFacts } from './request-facts.ts'
import { internalRefusal, RequestRefusal } from './request-refusal.ts'

export type OpenSession<Session extends RequestSession> = (facts: RequestFacts) => Session | Promise<Session>

export interface SessionOpener<Session extends RequestSession> {
  readonly identify: Identify
  readonly openSession: OpenSession<Session>
  readonly log: Logger
}

/** A session that ends with its request. @throws RequestRefusal, and nothing else. */
export async function openSessionOf<Session extends RequestSession>(
  request: FastifyRequest,
  reply: FastifyReply,
  { identify, openSession, log }: SessionOpener<Session>,
): Promise<Session> {
  try {
    const deadlineMs = parseDeadline(request.headers['modelgate-deadline-ms'])
    const gone = new AbortController()
    const caller = await identify(toPresented(request))
    const session = await openSession({ requestId: request.id, deadlineMs, signal: gone.signal, caller })
    const close = () => {
      if (!reply.raw.writableFinished) gone.abort(new Error('The client went away.'))
      session.end()
    }
    if (reply.raw.closed || reply.raw.destroyed) close()
    else reply.raw.once('close', close)
    return session
  } catch (error) {
    if (error instanceof RequestRefusal) throw error
    log.error({ requestId: request.id, err: error }, 'a request could not begin')
    throw internalRefusal(request.id)
  }
}
