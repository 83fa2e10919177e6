import type { FastifyReply } from 'fastify'

/** Those who wait for one piece of work: it is over when all have been answered or have left. */
export class Company {
  #gone: AbortController | null = null
  readonly #whenOver: (() => void)[] = []
  #waiting = 0
  #isOver = false

  /** Fires when the last one leaves without its answer. */
  get signal(): AbortSignal {
    this.#gone ??= new AbortController()
    return this.#gone.signal
  }

  get isOver(): boolean {
    return this.#isOver
  }

  join({ raw }: FastifyReply): void {
    this.#waiting++
    const leave = () => this.#leave(raw.writableFinished)
    if (raw.closed || raw.destroyed) leave()
    else raw.once('close', leave)
  }

  whenOver(callback: () => void): void {
    if (this.#isOver) callback()
    else this.#whenOver.push(callback)
  }

  #leave(isAnswered: boolean): void {
    this.#waiting--
    if (this.#waiting > 0) return
    this.#isOver = true
    if (!isAnswered) this.#gone?.abort(new Error('The client went away.'))
    for (const callback of this.#whenOver) callback()
  }
}
