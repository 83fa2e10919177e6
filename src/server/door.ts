import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IdentifiedCaller, Presented } from './caller.ts'
import type { Company } from './company.ts'
import type { MutationUnderWay } from './mutations-under-way.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Site } from './site.ts'
import type { Stream } from './streams.ts'
import type { UpgradedSocket } from './upgrades.ts'

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
   * when that is so for all who have joined. There at once where nobody has to be asked for it.
   *
   * @throws RequestRefusal, and nothing else.
   */
  openSession(request: FastifyRequest, reply: FastifyReply, company?: Company): Session | Promise<Session>
  /** Of a mutation that begins: the server waits for it when it closes. Answers what to call when it is done. */
  beginMutation(mutation: MutationUnderWay): () => void
  /** For what is no request of its own, as it is asked over a connection that stays. Whoever opens it ends it. */
  openOwnSession(facts: RequestFacts): Promise<Session>
  /** Who that is. @throws RequestRefusal, and nothing else. */
  identify(presented: Presented): Promise<IdentifiedCaller>
  readonly site: Site
  /**
   * The request goes on as a stream: it is no request in flight any more, and the server ends it when it closes. Answers
   * what to call when it has ended.
   */
  beginStream(reply: FastifyReply, stream: Stream): () => void
  /** Of a route with the constraint `upgrade: 'websocket'`: takes the connection, and answers no more by `reply`. */
  takeSocket(request: FastifyRequest, reply: FastifyReply): UpgradedSocket
}
