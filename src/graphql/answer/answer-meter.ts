import { GraphQLError } from 'graphql'
import type { Failure } from './failure.ts'

export interface AnswerLimits {
  /** Of one answer. */
  readonly objects: number
  /** Of the texts of one answer. */
  readonly characters: number
  /** Of all answers that are being made or sent. */
  readonly objectsAtOnce: number
}

/**
 * The size of one answer while it is made: its objects, the characters of its texts, and what failed. Once it has
 * grown beyond a limit, nothing more is put into it.
 */
export class AnswerMeter {
  readonly failures: Failure[] = []
  readonly #limits: AnswerLimits
  readonly #room: AnswerMeters
  #objects = 0
  #characters = 0
  #excess: GraphQLError | null = null

  constructor(limits: AnswerLimits, room: AnswerMeters) {
    this.#limits = limits
    this.#room = room
  }

  /** Why the answer is broken off; null while it is not. */
  get excess(): GraphQLError | null {
    return this.#excess
  }

  get objects(): number {
    return this.#objects
  }

  get characters(): number {
    return this.#characters
  }

  countObjects(count: number): void {
    if (this.#excess) return
    this.#objects += count
    this.#room.objects += count
    const { objects, objectsAtOnce } = this.#limits
    if (this.#objects > objects) this.#excess = tooLarge(`${objects} objects`)
    else if (this.#room.objects > objectsAtOnce) this.#excess = tooManyAtOnce()
  }

  countText(text: string): void {
    this.#characters += text.length
    const { characters } = this.#limits
    if (this.#characters > characters) this.#excess ??= tooLarge(`${characters} characters`)
  }

  /** What was counted before, all at once; false and nothing where that would be too much. */
  countWritten(objects: number, characters: number): boolean {
    const limits = this.#limits
    const fits =
      this.#objects + objects <= limits.objects &&
      this.#characters + characters <= limits.characters &&
      this.#room.objects + objects <= limits.objectsAtOnce
    if (!fits || this.#excess) return false
    this.#objects += objects
    this.#room.objects += objects
    this.#characters += characters
    return true
  }

  /** On the wire an error is as large as an object. */
  fail(failure: Failure): void {
    this.failures.push(failure)
    this.countObjects(1)
  }

  /** Once the answer is on its way. */
  release(): void {
    this.#room.objects -= this.#objects
    this.#objects = 0
  }
}

/** One meter for each request, found by its context, and how much they hold together. */
export class AnswerMeters {
  objects = 0
  readonly limits: AnswerLimits
  /** Each stands on its context: to keep them in a weak map takes the garbage collector long. */
  readonly #place = Symbol('meter')
  readonly #byData = new WeakMap<object, AnswerMeter>()

  constructor(limits: AnswerLimits) {
    this.limits = limits
  }

  of(context: object): AnswerMeter {
    const metered = context as Record<symbol, AnswerMeter | undefined>
    metered[this.#place] ??= new AnswerMeter(this.limits, this)
    return metered[this.#place] as AnswerMeter
  }

  forget(context: object): void {
    const metered = context as Record<symbol, AnswerMeter | undefined>
    metered[this.#place]?.release()
    metered[this.#place] = undefined
  }

  /** Whoever writes the answer out knows it by its data alone. */
  assign(data: object, meter: AnswerMeter): void {
    this.#byData.set(data, meter)
  }

  ofData(data: object | null | undefined): AnswerMeter | null {
    return (data && this.#byData.get(data)) ?? null
  }
}

export function tooLarge(size: string): GraphQLError {
  const message = `The answer grew beyond ${size} and was broken off. Ask for smaller pages, or for less within each row.`
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', retryable: false } })
}

function tooManyAtOnce(): GraphQLError {
  const message =
    'The gateway is making more large answers at once than it has room for. Ask again later, or for smaller pages.'
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', retryable: true } })
}
