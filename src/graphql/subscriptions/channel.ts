import type { EventFeed } from '../../federation/catalog/event-feed.ts'
import type { EventRecord } from '../../federation/records/event.ts'
import { turns } from '../../federation/turns.ts'
import type { Sink } from './sink.ts'

/** One who is told. */
export interface Member {
  readonly sink: Sink
  /** Of what lies behind it. */
  place: number
  channel: Channel
}

export interface Told {
  readonly place: number
  readonly json: string
}

export interface ChannelOptions {
  /** Equal where the same is told of the same events. */
  readonly key: string
  readonly feed: EventFeed
  /** What is said of those that may be told. */
  tell(events: readonly EventRecord[]): Promise<readonly Told[]>
  /** It has told everything there is. Answers false when another one goes on with its members. */
  reachedEnd(channel: Channel): boolean
  /** Nobody is told any more, as that failed. */
  failed(channel: Channel, error: unknown): void
}

/** So much may wait for one client before it is told more of what lies behind. */
const catchUpBytes = 256_000

/** Tells its members of events, one after the other, each said once for all of them. */
export class Channel {
  readonly key: string
  readonly members = new Set<Member>()
  readonly #options: ChannelOptions
  #place: number
  #isRunning = false
  #isHead = false

  constructor(options: ChannelOptions, place: number) {
    this.key = options.key
    this.#options = options
    this.#place = place
  }

  /** Everything up to there has been told. */
  get place(): number {
    return this.#place
  }

  /** From here on it is one of many: nobody waits for another one. */
  becomeHead(): void {
    this.#isHead = true
  }

  /** Of a head that has told everything there is. @param place up to where they have been told. */
  admit(members: Iterable<Member>, place: number): void {
    for (const member of members) {
      member.place = place
      member.channel = this
      this.members.add(member)
    }
    // One that began at the end may be ahead of what has been read.
    this.#place = Math.min(this.#place, place)
  }

  /** There may be more. */
  wake(): void {
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    const { feed, tell, reachedEnd, failed } = this.#options
    this.#isRunning = true
    try {
      while (this.members.size > 0) {
        const next = feed.next(this.#place)
        if (next === null) {
          if (reachedEnd(this)) break
          return
        }
        const { rows, place } = await next
        if (rows.length > 0) for (const told of await tell(rows)) await this.#hand(told)
        this.#place = place
      }
    } catch (error) {
      failed(this, error)
    } finally {
      this.#isRunning = false
    }
  }

  async #hand({ json, place }: Told): Promise<void> {
    for (const member of this.members) {
      if (!this.#isHead && member.sink.waiting > catchUpBytes) await member.sink.flushed()
      if (member.place < place) member.sink.tell(json)
      if (turns.isOver()) await turns.next()
    }
  }
}
