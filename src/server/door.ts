import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Company } from './company.ts'
import type { MutationUnderWay } from './mutations-under-way.ts'

/** What everything that is asked within one request shares. */
export interface RequestSession {
  /** Nobody waits any more. */
  end(): void
}

/** A way into the house over HTTP: what speaks one protocol with its clients, such as GraphQL. */
export interface Door<Session extends RequestSession> {
  readonly name: string
  /**
   * Adds its routes. Hooks, parsers and handlers of errors that it adds are its own: they do not reach other doors.
   * Answers what to call when the last request is answered and no mutation is under way.
   */
  open(server: FastifyInstance, tools: DoorTools<Session>): Promise<() => Promise<void>>
}

/** What the server lends a door. */
export interface DoorTools<Session extends RequestSession> {
  /**
   * For as long as the request lasts: the session ends when its answer is sent or its client has left; with a company,
   * when that is so for all who have joined.
   *
   * @throws RequestRefusal, and nothing else.
   */
  openSession(request: FastifyRequest, reply: FastifyReply, company?: Company): Promise<Session>
  /** Of a mutation that begins: the server waits for it when it closes. Answers what to call when it is done. */
  beginMutation(mutation: MutationUnderWay): () => void
}
