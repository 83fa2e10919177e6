import { type Call, RegistryError } from '../../../contract/index.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { toTransportError } from '../../http/transport-error.ts'
import type { Resume } from '../reads/read-page.ts'
import type { Searches } from '../reads/searches.ts'
import type { ServerClock } from '../wire/server-clock.ts'
import { NameList } from './name-list.ts'
import { countFrom, type NameRow, readNewest, readSweepPage, UnreadableName } from './name-rows.ts'

/** Some 12 MB. */
const mostNames = 200_000
/** How long after its time a write may become visible: it is dated when it begins. */
const overlapMs = 10_000
/** Enough to tell by them whether it is still the same server. */
const newestRows = 10
/** Deletions by others between two looks that are counted exactly. */
const fewDeletions = 50
const wideMs = 60_000
const mostWide = 100
/** As long as what else is known of a server. */
const givenUpMs = 600_000

/** How a registry's names are known: what a list needs to go on by them. */
export interface KnownRegistry {
  readonly names: NameList
  /** Names that are not there any more, as far as counting tells. */
  readonly gone: number
  /** Not for names that were seen just now. */
  forget(name: string): void
  /** How many a model has, of those that were read last. */
  readonly versionsOfModel: number
  noteVersions(ofModel: number): void
}

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
  #known: Known | null = null
  #sweep: Sweep | null = null
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
  async #sweptOnce(call: Call): Promise<Known | null> {
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
        if (!isOfOtherDeadline(error)) throw error
      }
    }
  }

  async #readAll(call: Call): Promise<void> {
    this.#sweep ??= new Sweep()
    const sweep = this.#sweep
    do {
      const page = await readSweepPage(this.#searches, sweep.resume, call)
      sweep.take(page)
      if (sweep.names.size > mostNames) return this.#giveUp()
    } while (!sweep.isWhole)
    this.#sweep = null
    this.#known = new Known(this.#searches, this.#clock, sweep)
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

class Sweep {
  readonly names = new Set<string>()
  readonly startedAt = performance.now()
  newest: NameRow[] = []
  resume: Resume | null = null
  isWhole = false

  take({ rows, resume, more }: Awaited<ReturnType<typeof readSweepPage>>): void {
    for (const { name } of rows) this.names.add(Buffer.from(name).toString())
    this.newest = [...this.newest, ...rows].slice(-newestRows)
    this.resume = resume
    this.isWhole = !more
  }
}

class Known implements KnownRegistry {
  readonly names: NameList
  gone = 0
  versionsOfModel = 1
  readonly #searches: Searches
  readonly #clock: ServerClock
  /** When it was last known to be whole. */
  #lookedAt: number
  /** The time of the row written last, and since when it is that. */
  #newest: { readonly time: number; readonly since: number }
  /** Those seen last, with their times. */
  #seen: ReadonlyMap<string, number>
  /** `null`: cannot be counted. */
  #count: number | null
  /** How far down the end of the list is looked for. */
  #reach = 1
  #look: { readonly startedAt: number; readonly done: Promise<boolean> } | null = null

  constructor(searches: Searches, clock: ServerClock, sweep: Sweep) {
    this.#searches = searches
    this.#clock = clock
    this.names = new NameList(sweep.names)
    this.#seen = toTimes(sweep.newest)
    this.#newest = { time: sweep.newest.at(-1)?.updatedAt ?? 0, since: performance.now() }
    this.#lookedAt = sweep.startedAt
    this.#count = this.names.size
  }

  stopCounting(): void {
    this.#count = null
  }

  noteVersions(ofModel: number): void {
    this.versionsOfModel = ofModel
  }

  forget(name: string): void {
    if (!this.#seen.has(name)) this.names.delete(name)
  }

  /**
   * Brings the names up to date. One look at a time: those who come meanwhile share the next one, as what is under way may
   * be of before they came.
   *
   * @returns false when the names cannot be trusted any more.
   */
  async look(call: Call): Promise<boolean> {
    const cameAt = performance.now()
    for (;;) {
      const under = this.#look
      if (under === null) {
        const look = { startedAt: performance.now(), done: this.#lookNow(call) }
        this.#look = look
        return look.done.finally(() => {
          if (this.#look === look) this.#look = null
        })
      }
      try {
        const isTrusted = await untilAborted(under.done, call.signal)
        if (under.startedAt >= cameAt) return isTrusted
      } catch (error) {
        if (call.signal.aborted) throw toTransportError(error, call.signal, true)
        if (under.startedAt >= cameAt && !isOfOtherDeadline(error)) throw error
      }
    }
  }

  async #lookNow(call: Call): Promise<boolean> {
    const [rows, count] = await Promise.all([this.#readNewest(call), this.#countAll(call)])
    const verdict = this.#take(rows, count)
    if (verdict !== 'more') return verdict === 'whole'
    // What was made between the two was counted and not seen, or else it is dated wrongly.
    const again = await this.#countAll(call)
    return this.#take(await this.#readNewest(call), again) === 'whole'
  }

  async #readNewest(call: Call): Promise<NameRow[]> {
    const startedAt = performance.now()
    const { time, since } = this.#newest
    const isSettled = startedAt - since > overlapMs
    const settled = isSettled ? time : time - overlapMs
    // What was seen last is read again.
    const size = isSettled ? newestRows : Math.min(newestRows + this.#seen.size, 1000)
    let oldest: number | null = null
    const rows = await readNewest(
      this.#searches,
      size,
      () => (oldest ??= Math.min(settled, this.#clock.earliestSince(startedAt - this.#lookedAt) - overlapMs)),
      call,
    )
    this.#lookedAt = startedAt
    this.#clock.forgetLowest()
    return rows
  }

  #take(rows: readonly NameRow[], count: Count | null): 'whole' | 'more' | 'other' {
    if (!this.#isSameServer(rows)) return 'other'
    const added = rows.filter(({ name }) => this.names.add(name)).length
    this.#seen = toTimes(rows)
    const newest = rows[0]?.updatedAt ?? 0
    if (newest !== this.#newest.time) this.#newest = { time: newest, since: performance.now() }
    if (this.#count === null || count === null) return 'whole'
    const expected = this.#count + added
    this.#count = count.isExact ? count.rows : expected
    this.#reach = count.isUnder ? Math.min(Math.max(this.#reach * 5, fewDeletions), 1000) : 1
    this.gone = count.isExact ? Math.max(0, this.names.size - count.rows) : 0
    if (count.isUnder || count.rows <= expected) return 'whole'
    this.#count = expected
    return 'more'
  }

  /** Some of what was seen last has to be as it was, and none of it older. */
  #isSameServer(rows: readonly NameRow[]): boolean {
    const known = rows.filter(({ name }) => this.#seen.has(name))
    if (known.some(({ name, updatedAt }) => updatedAt < (this.#seen.get(name) ?? 0))) return false
    return this.#seen.size === 0 || known.some(({ name, updatedAt }) => updatedAt === this.#seen.get(name))
  }

  async #countAll(call: Call): Promise<Count | null> {
    if (this.#count === null) return null
    const offset = Math.max(0, this.#count - this.#reach)
    const size = this.#count - offset + 1
    const found = await countFrom(this.#searches, { offset, size }, call)
    const isUnder = found === 0 && offset > 0
    return { rows: offset + found, isUnder, isExact: !isUnder && found < size }
  }
}

interface Count {
  /** At least so many, but for {@link isUnder}. */
  readonly rows: number
  readonly isExact: boolean
  /** At most so many. */
  readonly isUnder: boolean
}

function isOfOtherDeadline(error: unknown): boolean {
  return RegistryError.is(error) && error.code === 'REGISTRY_TIMEOUT'
}

function toTimes(rows: readonly NameRow[]): ReadonlyMap<string, number> {
  return new Map(rows.map(({ name, updatedAt }) => [name, updatedAt]))
}

function changesTooMuch(): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    'The registry gives other models each time it is asked: ask again, or order the list by updatedAt.',
  )
}
