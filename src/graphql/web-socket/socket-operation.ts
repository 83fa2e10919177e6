import type { GraphQLFormattedError } from 'graphql'
import type { ComeAgain, Sink } from '../subscriptions/sink.ts'

/** The connection, as far as its operations need it. */
export interface OperationCarrier {
  readonly waiting: number
  flushed(): Promise<void>
  send(text: string): void
  sendAnswer(text: string): void
  comeAgain(why: ComeAgain): void
  /** It goes on, and is not awaited. */
  settled(operation: SocketOperation): void
  ended(operation: SocketOperation): void
}

/** Told by graphql-ws as an error of the operation. */
export class OperationFailed extends Error {
  readonly errors: readonly GraphQLFormattedError[]

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('The operation failed.')
    this.errors = errors
  }
}

/**
 * One operation of a connection. To graphql-ws it is an iterator that gives nothing until it ends, as what it tells is
 * sent past it: the same text for many, in which the id alone is another.
 */
export class SocketOperation implements Sink {
  readonly #carrier: OperationCarrier
  readonly #head: string
  readonly #ended = Promise.withResolvers<void>()
  #isOver = false
  #stop: (() => void) | null = null

  constructor(carrier: OperationCarrier, id: string) {
    this.#carrier = carrier
    this.#head = `{"id":${JSON.stringify(id)},"type":"next","payload":`
  }

  /** @param begin answers what breaks it off. */
  begin(begin: (sink: Sink) => () => void): AsyncGenerator<never> {
    const stop = begin(this)
    this.#stop = stop
    if (this.#isOver) stop()
    const done = { done: true, value: undefined } as const
    const iterator = {
      next: () => this.#ended.promise.then(() => done),
      return: async () => {
        this.stop()
        return done
      },
      throw: async (error: unknown) => Promise.reject(error),
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator as unknown as AsyncGenerator<never>
  }

  get waiting(): number {
    return this.#carrier.waiting
  }

  flushed(): Promise<void> {
    return this.#carrier.flushed()
  }

  goesOn(): void {
    this.#carrier.settled(this)
  }

  tell(json: string): void {
    if (!this.#isOver) this.#carrier.send(`${this.#head}${json}}`)
  }

  answer(json: string): void {
    if (!this.#isOver) this.#carrier.sendAnswer(`${this.#head}${json}}`)
    this.complete()
  }

  complete(): void {
    if (this.#end()) this.#ended.resolve()
  }

  fail(errors: readonly GraphQLFormattedError[]): void {
    if (this.#end()) this.#ended.reject(new OperationFailed(errors))
  }

  comeAgain(why: ComeAgain): void {
    this.#carrier.comeAgain(why)
  }

  /** Its client wants to hear no more of it. */
  stop(): void {
    if (this.#end()) this.#ended.resolve()
  }

  #end(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#stop?.()
    this.#carrier.ended(this)
    return true
  }
}
