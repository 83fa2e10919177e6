import type { FastifyReply } from 'fastify'
import type { Company } from '../../server/company.ts'
import type { FinishedAnswer } from './finished-answer.ts'

/** An answer that is being made, for all who have joined. Null: it cannot be made in this way. */
export interface AnswerUnderWay {
  readonly company: Company
  readonly answer: Promise<FinishedAnswer | null>
}

/** Whoever asks what is being answered already gets the same answer. */
export class AnswersUnderWay {
  readonly #byKey = new Map<string, AnswerUnderWay>()

  /** Null when nobody asks the same, or all who did have left. */
  join(key: string, reply: FastifyReply): Promise<FinishedAnswer | null> | null {
    const underWay = this.#byKey.get(key)
    if (!underWay || underWay.company.isOver) return null
    underWay.company.join(reply)
    return underWay.answer
  }

  add(key: string, underWay: AnswerUnderWay): void {
    this.#byKey.set(key, underWay)
  }

  /** Once it is made, or cannot be. */
  remove(key: string, underWay: AnswerUnderWay): void {
    if (this.#byKey.get(key) === underWay) this.#byKey.delete(key)
  }
}
