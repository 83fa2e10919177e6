import { randomUUID } from 'node:crypto'
import { type FormattedExecutionResult, GraphQLError } from 'graphql'
import type { Logger } from '../../contract/index.ts'
import type { Session } from '../../federation/session/session.ts'
import { type IdentifiedCaller, signedIn } from '../../server/caller.ts'
import type { RequestFacts } from '../../server/request-facts.ts'
import { internalRefusal, RequestRefusal } from '../../server/request-refusal.ts'
import type { Answers } from '../answer/answers.ts'
import { assertBounded } from '../assert-bounded.ts'
import type { Limits } from '../limits.ts'
import type { AnswerSocket, SocketQuestion } from './answer-socket.ts'
import type { OpenedSubscription } from './open-subscription.ts'
import type { Quota } from './quota.ts'
import type { Sink } from './sink.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface LiveOperationsOptions {
  readonly answer: AnswerSocket
  readonly answers: Answers
  readonly subscriptions: Subscriptions
  readonly quota: Quota
  readonly openSession: (facts: RequestFacts) => Promise<Session>
  readonly limits: Limits
  readonly log: Logger
}

/** Who asks, and from where. */
export interface Asker {
  readonly caller: IdentifiedCaller
  readonly address: string
}

interface Asking {
  readonly asker: Asker
  readonly sink: Sink
  /** Fires when the client has left, or wants no more of it. */
  readonly signal: AbortSignal
  readonly requestId: string
}

/** Operations whose answers go to a sink, whatever it is that carries them. */
export class LiveOperations {
  readonly #options: LiveOperationsOptions

  constructor(options: LiveOperationsOptions) {
    this.#options = options
  }

  /** Answers what breaks it off. */
  begin(question: SocketQuestion, asker: Asker, sink: Sink): () => void {
    const gone = new AbortController()
    const asking = { asker, sink, signal: gone.signal, requestId: randomUUID() }
    this.#run(question, asking).catch((error: unknown) => {
      if (!gone.signal.aborted) sink.fail([this.#toTold(error, asking)])
    })
    return () => gone.abort(new Error('The client went away.'))
  }

  async #run(question: SocketQuestion, asking: Asking): Promise<void> {
    const { answer, openSession, limits } = this.#options
    const { requestId, signal, asker } = asking
    assertBounded(question, limits)
    const session = await openSession({ requestId, deadlineMs: null, signal, caller: asker.caller })
    try {
      const found = await answer(question, { requestId, session })
      if ('feed' in found) await this.#subscribe(found, session.viewKey, asking)
      else await this.#answer(found, asking)
    } finally {
      session.end()
    }
  }

  async #answer(result: FormattedExecutionResult, { sink, signal }: Asking): Promise<void> {
    const json = await this.#options.answers.stringify(result)
    if (signal.aborted) return
    if (result.data === undefined) return sink.fail(result.errors ?? [])
    sink.answer(json.trimEnd())
  }

  async #subscribe(
    opened: OpenedSubscription,
    viewKey: string,
    { asker, sink, signal }: Asking,
  ): Promise<void> {
    const { subscriptions, quota, openSession } = this.#options
    const { caller } = asker
    if (signal.aborted) return
    const giveBack = quota.take(signedIn(caller)?.principal ?? asker.address)
    sink.goesOn()
    const openAgain = (requestId: string) =>
      openSession({ requestId, deadlineMs: null, signal: neverGone, caller })
    const leave = await subscriptions.add({ opened, viewKey, sink, openSession: openAgain })
    const end = () => {
      leave()
      giveBack()
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  }

  #toTold(error: unknown, { requestId }: Asking) {
    if (error instanceof GraphQLError) {
      const { http: _, ...extensions } = error.extensions
      return { ...error.toJSON(), extensions }
    }
    if (!(error instanceof RequestRefusal)) {
      this.#options.log.error({ requestId, err: error }, 'an operation broke')
    }
    const { message, extensions } = error instanceof RequestRefusal ? error : internalRefusal(requestId)
    return { message, extensions: { ...extensions } }
  }
}

/** What is told is told to many, whoever of them leaves. */
const neverGone = new AbortController().signal
