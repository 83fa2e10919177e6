import type { ServerResponse } from 'node:http'
import type { GraphQLFormattedError } from 'graphql'
import type { RequestRefusal } from '../../server/request-refusal.ts'
import type { Stream } from '../../server/streams.ts'
import type { Backlogged, Backlogs } from '../subscriptions/backlogs.ts'
import { flushed } from '../subscriptions/flushed.ts'
import type { ComeAgain, Sink } from '../subscriptions/sink.ts'

/** How long a client has to read what waits for it when it is sent away. */
const farewellMs = 2000
/** The same for the answer that it has asked for, which may be long. */
const answerFarewellMs = 60_000

const completed = 'event: complete\ndata:\n\n'

const reasons: Readonly<Record<ComeAgain, string>> = {
  closing: 'the gateway is closing',
  slow: 'you read too slowly',
  failed: 'the gateway cannot tell events now',
}

/** One operation, told as server-sent events: `next` for each answer, and `complete` where no more comes. */
export class EventStream implements Sink, Stream, Backlogged {
  readonly #response: ServerResponse
  readonly #backlogs: Backlogs
  #isAnswered = false
  #isAnswer = false
  #isEnding = false
  #isOver = false

  constructor(response: ServerResponse, backlogs: Backlogs) {
    this.#response = response
    this.#backlogs = backlogs
    response.once('close', () => {
      this.#isOver = true
      backlogs.forget(this)
    })
  }

  get waiting(): number {
    return this.#response.writableLength
  }

  flushed(): Promise<void> {
    return flushed(this.#response)
  }

  goesOn(): void {
    this.#isAnswered = true
    if (this.#isEnding) this.comeAgain('closing')
  }

  tell(json: string): void {
    if (this.#isOver) return
    this.#response.write(`event: next\ndata: ${json}\n\n`)
    this.#backlogs.note(this)
  }

  /** It was told nothing else before. */
  get waitingAnswers(): number {
    return this.#isAnswer ? this.waiting : 0
  }

  answer(json: string): void {
    if (this.#isOver) return
    this.#isAnswer = true
    this.#finish(`event: next\ndata: ${json}\n\n${completed}`, answerFarewellMs)
    this.#backlogs.note(this)
  }

  complete(): void {
    this.#finish(completed)
  }

  fail(errors: readonly GraphQLFormattedError[]): void {
    this.tell(JSON.stringify({ errors }))
    this.complete()
  }

  refuse({ message, extensions }: RequestRefusal): void {
    this.fail([{ message, extensions: { ...extensions } }])
  }

  /** Without `complete`: so clients know that it is to be gone on with. */
  comeAgain(why: ComeAgain): void {
    this.#finish(`: ${reasons[why]}; ask again, since your last cursor\n\n`)
  }

  dropAsSlow(): void {
    this.comeAgain('slow')
  }

  end(): void {
    this.#isEnding = true
    if (this.#isAnswered) this.comeAgain('closing')
  }

  destroy(): void {
    this.#response.destroy()
  }

  /** What stands between it and its client closes connections on which nothing comes. */
  beat(): void {
    if (!this.#isOver) this.#response.write(':\n\n')
  }

  #finish(last: string, withinMs = farewellMs): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#response.end(last)
    const farewell = setTimeout(() => this.destroy(), withinMs).unref()
    this.#response.once('close', () => clearTimeout(farewell))
  }
}
