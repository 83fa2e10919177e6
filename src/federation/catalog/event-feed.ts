import type { EventQuery } from '../../stores/event-query.ts'
import type { InputError } from '../errors/input-error.ts'
import type { EventRecord } from '../records/event.ts'
import { placeOfCursor } from '../session/event-places.ts'
import type { EventTail } from '../session/event-tail.ts'
import type { History } from '../session/history.ts'
import type { Session } from '../session/session.ts'
import { aheadOfLog } from './ahead-of-log.ts'
import { cutOff } from './cut-off.ts'
import { eventMatcher } from './event-matcher.ts'
import type { EventArguments } from './list-events.ts'

export interface FeedPage {
  readonly rows: readonly EventRecord[]
  /** Everything up to there has been looked at. */
  readonly place: number
}

const rowsAtOnce = 100

/** Events as they happen, in the order of the log, and before that those since a place in it. */
export class EventFeed {
  /** Equal for feeds of the same events. */
  readonly key: string
  /** Everything behind it is told. */
  readonly start: number
  readonly tail: EventTail
  readonly #query: Omit<EventQuery, 'after' | 'limit'>
  readonly #history: History
  readonly #takes: (event: EventRecord) => boolean
  readonly #cutOff: (cut: number) => InputError

  private constructor(session: Session, given: EventArguments, start: number) {
    const { history, tail } = session.federation
    this.start = start
    this.tail = tail
    this.#history = history
    this.#query = given
    this.#takes = eventMatcher(given)
    const { kinds, registries, model, actor, key } = given
    this.key = JSON.stringify([kinds, registries, model, actor, key])
    this.#cutOff = (cut) => cutOff(session, given.field, cut)
  }

  /** @throws InputError */
  static async open(session: Session, given: EventArguments): Promise<EventFeed> {
    for (const name of given.registries ?? []) session.registry(name, 'where')
    const { history, tail } = session.federation
    const since = given.since === null ? null : placeOfCursor(session, given.since, given.field)
    const end = await tail.end()
    const start = since ?? end
    if (start > end) throw aheadOfLog(session, given.field, end)
    const feed = new EventFeed(session, given, start)
    const cut = await history.cut()
    if (start < cut) throw feed.#cutOff(cut)
    return feed
  }

  /** What comes after a place; null: nothing yet, as far as the tail has been read. @throws InputError */
  next(place: number): FeedPage | Promise<FeedPage> | null {
    if (place >= this.tail.place) return null
    const rows = this.tail.after(place, rowsAtOnce)
    if (rows === null) return this.#read(place)
    return { rows: rows.filter(this.#takes), place: rows.at(-1)?.seq ?? this.tail.place }
  }

  async #read(after: number): Promise<FeedPage> {
    // Not what the tail has not come to yet: of that it is not known who may be told.
    const end = this.tail.place
    const found = await this.#history.events({ ...this.#query, after, limit: rowsAtOnce })
    // After that, as it may have been cut meanwhile.
    const cut = await this.#history.cut()
    if (after < cut) throw this.#cutOff(cut)
    const rows = found.filter(({ seq }) => seq <= end)
    const isWhole = rows.length < rowsAtOnce
    return { rows: rows.filter(this.#takes), place: isWhole ? end : (rows.at(-1)?.seq ?? end) }
  }
}
