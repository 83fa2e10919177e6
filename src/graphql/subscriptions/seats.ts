import { RequestRefusal } from '../../server/request-refusal.ts'

/** How many clients may stay at once, however they came. */
export class Seats {
  readonly #most: number
  #taken = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Answers what leaves it. @throws RequestRefusal 503 when there is none. */
  take(): () => void {
    if (this.#taken >= this.#most) throw fullRefusal()
    this.#taken++
    let isLeft = false
    return () => {
      if (!isLeft) this.#taken--
      isLeft = true
    }
  }
}

function fullRefusal(): RequestRefusal {
  const message =
    'As many clients stay connected as the gateway takes (limits.maxConnections); try again later.'
  return new RequestRefusal(503, message, { code: 'LIMIT_EXCEEDED', retryable: true }, { 'retry-after': '5' })
}
