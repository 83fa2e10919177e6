import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long others may have to wait. */
const turnMs = 5

/** Gives everybody else a turn whenever work has taken its own. */
export class LetOthers {
  #since = performance.now()

  async whenTurnIsOver(): Promise<void> {
    if (performance.now() - this.#since < turnMs) return
    await nextTurn()
    this.#since = performance.now()
  }
}
