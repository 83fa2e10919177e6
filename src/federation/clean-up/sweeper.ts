import type { NotedCleanUp } from '../../stores/clean-ups.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { Federation } from '../session/federation.ts'
import { performCleanUp } from './perform-clean-up.ts'
import { settleIntents } from './settle-intents.ts'

export interface SweeperTimes {
  /** Between two looks for what is due. */
  readonly everyMs: number
  /** After the first failure; each one after that doubles it. */
  readonly firstPauseMs: number
}

const usual: SweeperTimes = { everyMs: 30_000, firstPauseMs: 30_000 }
const longestPauseMs = 3_600_000
/** Longer than one clean-up can last. */
const claimMs = 300_000

/** Does what could not be cleaned up at once, and settles what nobody saw the end of, in this gateway's life or an earlier one's. */
export class Sweeper {
  readonly #federation: Federation
  readonly #times: SweeperTimes
  readonly #closing = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #sweeping: Promise<void> = Promise.resolve()

  constructor(federation: Federation, times: SweeperTimes = usual) {
    this.#federation = federation
    this.#times = times
  }

  start(): void {
    this.#sweeping = this.#look()
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping.then(() => this.#look())
    }, this.#times.everyMs)
    this.#timer.unref()
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#closing.abort()
    await this.#sweeping
  }

  async #look(): Promise<void> {
    await this.#settle()
    await this.#sweep()
  }

  async #sweep(): Promise<void> {
    const { log, coordination } = this.#federation
    try {
      while (!this.#closing.signal.aborted) {
        const cleanUp = await coordination.cleanUps.claim(claimMs)
        if (cleanUp === null) return
        await this.#perform(cleanUp)
      }
    } catch (error) {
      log.warn({ err: error }, 'what is to be cleaned up could not be looked up')
    }
  }

  async #settle(): Promise<void> {
    try {
      await settleIntents(this.#federation, this.#closing.signal)
    } catch (error) {
      this.#federation.log.warn({ err: error }, 'writes without an end could not be looked up')
    }
  }

  async #perform(cleanUp: NotedCleanUp): Promise<void> {
    const { log, coordination } = this.#federation
    const { id, kind, registry, model, tries } = cleanUp
    try {
      const problem = await performCleanUp(this.#federation, cleanUp, this.#closing.signal)
      if (problem === null) {
        await coordination.cleanUps.forget(id)
        log.info({ registry, model, kind }, 'what a write had left behind is cleaned up')
      } else await coordination.cleanUps.postpone(id, null, problem)
    } catch (error) {
      const pauseMs = Math.min(longestPauseMs, this.#times.firstPauseMs * 2 ** Math.min(tries - 1, 20))
      const problem =
        error instanceof RegistryFailure ? error.message : 'It failed unexpectedly; see the log.'
      await coordination.cleanUps.postpone(id, pauseMs, problem)
      log.warn({ registry, model, kind, tries, err: error }, 'what a write has left behind is still there')
    }
  }
}
