import { refuse } from '../refuse.ts'

/** How many subscriptions one caller has. */
export class Quota {
  readonly #most: number
  readonly #taken = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Answers what gives it back. @throws GraphQLError */
  take(who: string): () => void {
    const taken = this.#taken.get(who) ?? 0
    if (taken >= this.#most) {
      const message = `You have ${taken} subscriptions, and may have no more (limits.maxSubscriptions). End some first.`
      throw refuse('LIMIT_EXCEEDED', message)
    }
    this.#taken.set(who, taken + 1)
    return () => {
      const left = (this.#taken.get(who) ?? 1) - 1
      if (left > 0) this.#taken.set(who, left)
      else this.#taken.delete(who)
    }
  }
}
