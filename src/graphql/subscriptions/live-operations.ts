import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Logger } from '../../contract/index.ts'
import type { Session } from '../../federation/session/session.ts'
import type { IdentifiedCaller } from '../../server/caller.ts'
import type { RequestFacts } from '../../server/request-facts.ts'
import { internalRefusal, RequestRefusal } from '../../server/request-refusal.ts'
import type { Answers } from '../answer/answers.ts'
import type { AnswerSocket, SocketQuestion } from '../apollo/socket-answers.ts'
import { assertBounded } from '../assert-bounded.ts'
import type { Limits } from '../limits.ts'
import type { Sink } from './sink.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface LiveOperationsOptions {
  readonly answer: AnswerSocket
  readonly answers: Answers
  readonly subscriptions: Subscriptions
  readonly openSession: (facts: RequestFacts) => Promise<Session>
  readonly limits: Limits
  readonly log: Logger
}

/** Operations whose answers go to a sink, whatever it is that carries them. */
export class LiveOperations {
  readonly #options: LiveOperationsOptions

  constructor(options: LiveOperationsOptions) {
    this.#options = options
  }

  /** Answers what breaks it off. */
  begin(question: SocketQuestion, caller: IdentifiedCaller, sink: Sink): () => void {
    const gone = new AbortController()
    const requestId = randomUUID()
    this.#run(question, caller, sink, gone.signal, requestId).catch((error: unknown) => {
      if (!gone.signal.aborted) sink.fail([this.#toTold(error, requestId)])
    })
    return () => gone.abort(new Error('The client went away.'))
  }

  async #run(
    question: SocketQuestion,
    caller: IdentifiedCaller,
    sink: Sink,
    signal: AbortSignal,
    requestId: string,
  ): Promise<void> {
    const { answer, answers, subscriptions, openSession, limits } = this.#options
    assertBounded(question, limits)
    const session = await openSession({ requestId, deadlineMs: null, signal, caller })
    try {
      const found = await answer(question, { requestId, session })
      if (!('feed' in found)) {
        const json = await answers.stringify(found)
        if (signal.aborted) return
        if (found.data === undefined) sink.fail(found.errors ?? [])
        else {
          sink.tell(json.trimEnd())
          sink.complete()
        }
        return
      }
      if (signal.aborted) return
      sink.goesOn()
      const leave = await subscriptions.add({
        opened: found,
        viewKey: session.viewKey,
        sink,
        openSession: (id) => openSession({ requestId: id, deadlineMs: null, signal: neverGone, caller }),
      })
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
    } finally {
      session.end()
    }
  }

  #toTold(error: unknown, requestId: string) {
    if (error instanceof GraphQLError) return error.toJSON()
    if (!(error instanceof RequestRefusal)) {
      this.#options.log.error({ requestId, err: error }, 'an operation broke')
    }
    const { message, extensions } = error instanceof RequestRefusal ? error : internalRefusal(requestId)
    return { message, extensions: { ...extensions } }
  }
}

/** What is told is told to many, whoever of them leaves. */
const neverGone = new AbortController().signal
