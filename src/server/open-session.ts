import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../contract/index.ts'
import type { RequestSession } from './door.ts'
import { parseDeadline, type RequestFacts } from './request-facts.ts'
import { internalRefusal, RequestRefusal } from './request-refusal.ts'

export type OpenSession<Session extends RequestSession> = (facts: RequestFacts) => Session | Promise<Session>

/** A session that ends with its request. @throws RequestRefusal, and nothing else. */
export async function openSessionOf<Session extends RequestSession>(
  request: FastifyRequest,
  reply: FastifyReply,
  openSession: OpenSession<Session>,
  log: Logger,
): Promise<Session> {
  try {
    const deadlineMs = parseDeadline(request.headers['modelgate-deadline-ms'])
    const gone = new AbortController()
    const session = await openSession({ requestId: request.id, deadlineMs, signal: gone.signal })
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
