import type { Call } from '../../../contract/index.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { isTimeout, toTransportError } from '../../http/transport-error.ts'
import type { Searches } from '../reads/searches.ts'
import type { ServerClock } from '../wire/server-clock.ts'
import { NameList } from './name-list.ts'
import { countFrom, type NameRow, readNewest } from './name-rows.ts'
import { type NameSweep, newestRows } from './name-sweep.ts'

/** How long after its time a write may become visible: it is dated when it begins. */
const overlapMs = 10_000
/** Deletions by others between two looks that are counted exactly. */
const fewDeletions = 50

/** The names of a registry, all of which have been read, and what a list needs to go on by them. */
export class KnownRegistry {
  readonly names: NameList
  /** Names that are not there any more, as far as counting tells. */
  gone = 0
  /** How many a model has, of those that were read last. */
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

  constructor(searches: Searches, clock: ServerClock, sweep: NameSweep) {
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

  /** Not for names that were seen just now. */
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
        if (under.startedAt >= cameAt && !isTimeout(error)) throw error
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

function toTimes(rows: readonly NameRow[]): ReadonlyMap<string, number> {
  return new Map(rows.map(({ name, updatedAt }) => [name, updatedAt]))
}
