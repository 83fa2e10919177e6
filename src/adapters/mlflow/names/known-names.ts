import { type Call, RegistryError } from '../../../contract/index.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { isTimeout, toTransportError } from '../../http/transport-error.ts'
import type { Searches } from '../reads/searches.ts'
import type { ServerClock } from '../wire/server-clock.ts'
import { KnownRegistry } from './known-registry.ts'
import { readSweepPage, UnreadableName } from './name-rows.ts'
import { NameSweep } from './name-sweep.ts'

/** Some 12 MB. */
const mostNames = 200_000
const wideMs = 60_000
const mostWide = 100
/** As long as what else is known of a server. */
const givenUpMs = 600_000

/**
 * The names of all models of a server whose database does not give them by code point. They are read once, and before
 * each use brought up to date by what was written since: the models written last, down to the time of the last look. That does
 * not show what was dated wrongly, by a clock that was set back or by another server; so the models are counted too, and
 * what was seen last has to be there still. Where that fails all names are read again. Names of models that were deleted
 * stay until somebody misses them.
 */
export class KnownNames {
  readonly #searches: Searches
  readonly #clock: ServerClock
  #known: KnownRegistry | null = null
  #sweep: NameSweep | null = null
  #pending: Promise<void> | null = null
  #givenUpAt: number | null = null
  /** Filters that many rows match, and when that was found. */
  readonly #wide = new Map<string, number>()

  constructor(searches: Searches, clock: ServerClock) {
    this.#searches = searches
    this.#clock = clock
  }

  /** As of now, or of the page before, when a list goes on; `null` where there are too many, or some cannot be read. */
  async get(call: Call, goesOn: boolean): Promise<KnownRegistry | null> {
    if (this.#isGivenUp()) return null
    try {
      return await this.#upToDate(call, goesOn)
    } catch (error) {
      if (!(error instanceof UnreadableName)) throw error
      this.#giveUp()
      return null
    }
  }

  /** What a filter finds, where that is few rows as far as is known. */
  async unlessMany<T>(filter: string, find: () => Promise<T | null>): Promise<T | null> {
    const foundAt = this.#wide.get(filter)
    if (foundAt !== undefined && performance.now() - foundAt < wideMs) return null
    this.#wide.delete(filter)
    const found = await find()
    if (found === null) this.#wide.set(filter, performance.now())
    if (this.#wide.size > mostWide) this.#wide.delete(this.#wide.keys().next().value ?? '')
    return found
  }

  async #upToDate(call: Call, goesOn: boolean): Promise<KnownRegistry | null> {
    for (let tries = 0; ; tries++) {
      const known = await this.#sweptOnce(call)
      if (known === null) return null
      // Rows that some users do not see make every count a wrong one.
      if (tries === 2) known.stopCounting()
      if (goesOn || (await known.look(call))) return known
      if (this.#known === known) this.#known = null
      if (tries === 2) throw changesTooMuch()
    }
  }

  /** One reads, others wait; what was read stays when there is no time left, and the next one goes on. */
  async #sweptOnce(call: Call): Promise<KnownRegistry | null> {
    for (;;) {
      if (this.#known !== null) return this.#known
      if (this.#isGivenUp()) return null
      if (this.#pending === null) {
        const pending = this.#readAll(call)
        this.#pending = pending
        try {
          await pending
        } finally {
          if (this.#pending === pending) this.#pending = null
        }
        continue
      }
      try {
        await untilAborted(this.#pending, call.signal)
      } catch (error) {
        if (call.signal.aborted) throw toTransportError(error, call.signal, true)
        if (!isTimeout(error)) throw error
      }
    }
  }

  async #readAll(call: Call): Promise<void> {
    this.#sweep ??= new NameSweep()
    const sweep = this.#sweep
    do {
      const page = await readSweepPage(this.#searches, sweep.resume, call)
      sweep.take(page)
      if (sweep.names.size > mostNames) return this.#giveUp()
    } while (!sweep.isWhole)
    this.#sweep = null
    this.#known = new KnownRegistry(this.#searches, this.#clock, sweep)
  }

  #giveUp(): void {
    this.#givenUpAt = performance.now()
    this.#known = null
    this.#sweep = null
  }

  #isGivenUp(): boolean {
    return this.#givenUpAt !== null && performance.now() - this.#givenUpAt < givenUpMs
  }
}

function changesTooMuch(): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    'The registry gives other models each time it is asked: ask again, or order the list by updatedAt.',
  )
}
