import type { Logger } from '../../contract/index.ts'
import type { EventQuery } from '../../stores/event-query.ts'
import type { EventRecord } from '../records/event.ts'
import type { Grants } from './grants.ts'
import type { History } from './history.ts'

/** Rung when there may be more in the log, and perhaps not heard. Answers what ends it. */
export type Listen = (listener: () => void) => () => void

const lookEveryMs = 1000
const rowsAtOnce = 500
const mostKept = 2000

const everything: Omit<EventQuery, 'after' | 'limit'> = {
  descending: false,
  from: null,
  to: null,
  kinds: null,
  registries: null,
  model: null,
  version: null,
  actor: null,
  key: null,
}

/**
 * The end of the log as it grows, read once for all who follow it, and its last rows in mind. While nobody follows it,
 * nothing is read. What was granted or taken back before an event, on whatever gateway, is known here before its followers
 * hear of the event.
 */
export class EventTail {
  readonly #history: History
  readonly #grants: Pick<Grants, 'look'>
  readonly #listen: Listen
  readonly #log: Logger
  readonly #followers = new Set<() => void>()
  #place: number | null = null
  /** All rows from behind that place up to the end. */
  #kept: EventRecord[] = []
  #keptAfter = 0
  #stop: (() => void) | null = null
  #looking: Promise<void> | null = null
  #looksAgain = false
  #isBlind = false
  #end: Promise<number> = Promise.resolve(0)
  #nextEnd: Promise<number> | null = null

  constructor(history: History, grants: Pick<Grants, 'look'>, listen: Listen, log: Logger) {
    this.#history = history
    this.#grants = grants
    this.#listen = listen
    this.#log = log
  }

  /** The number of the last event that was read. */
  get place(): number {
    return this.#place ?? 0
  }

  /** Where the log ends by now. Those who ask at the same time share one look. */
  end(): Promise<number> {
    this.#nextEnd ??= this.#end
      .catch(() => null)
      .then(() => {
        this.#nextEnd = null
        this.#end = this.#history.last()
        return this.#end
      })
    return this.#nextEnd
  }

  /** Calls whenever there is more. Answers what ends it, once {@link place} is known. */
  async follow(follower: () => void): Promise<() => void> {
    this.#followers.add(follower)
    this.#start()
    const leave = () => {
      this.#followers.delete(follower)
      if (this.#followers.size === 0) this.#stop?.()
    }
    try {
      if (this.#place === null) await this.#look()
    } catch (error) {
      leave()
      throw error
    }
    return leave
  }

  /** The rows after a place, as far as they have been read; null: they are not in mind any more. */
  after(place: number, limit: number): readonly EventRecord[] | null {
    if (place < this.#keptAfter || this.#place === null) return null
    const index = lowerBound(this.#kept, place)
    return this.#kept.slice(index, index + limit)
  }

  #start(): void {
    if (this.#stop) return
    const look = () => void this.#look().catch(() => {})
    const leave = this.#listen(look)
    const timer = setInterval(look, lookEveryMs)
    timer.unref()
    this.#stop = () => {
      leave()
      clearInterval(timer)
      this.#stop = null
      this.#place = null
      this.#kept = []
    }
  }

  /** One at a time; who comes while one is under way waits for another one. */
  #look(): Promise<void> {
    if (this.#looking) {
      this.#looksAgain = true
      return this.#looking
    }
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #lookOnce(): Promise<void> {
    try {
      do {
        this.#looksAgain = false
        await this.#read()
      } while (this.#looksAgain && this.#stop)
      this.#isBlind = false
    } catch (error) {
      if (!this.#isBlind) this.#log.warn({ err: error }, 'the log of events could not be read')
      this.#isBlind = true
      throw error
    }
  }

  async #read(): Promise<void> {
    const stop = this.#stop
    if (this.#place === null) {
      const place = await this.#history.last()
      await this.#grants.look()
      // It may have been left, and begun anew, meanwhile.
      if (this.#stop !== stop || stop === null) return
      this.#place = place
      this.#keptAfter = place
      return
    }
    const rows = await this.#history.events({ ...everything, after: this.#place, limit: rowsAtOnce })
    if (rows.length > 0) await this.#grants.look()
    if (this.#stop !== stop || stop === null) return
    const last = rows.at(-1)
    if (!last) return
    this.#kept.push(...rows)
    const forgotten = this.#kept.splice(0, Math.max(0, this.#kept.length - mostKept)).at(-1)
    if (forgotten) this.#keptAfter = forgotten.seq
    this.#place = last.seq
    if (rows.length === rowsAtOnce) this.#looksAgain = true
    for (const follower of [...this.#followers]) follower()
  }
}

/** Of the first row behind the place. */
function lowerBound(rows: readonly EventRecord[], place: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.seq ?? 0) > place) high = middle
    else low = middle + 1
  }
  return low
}
