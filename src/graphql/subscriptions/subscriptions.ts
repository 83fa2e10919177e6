import { randomUUID } from 'node:crypto'
import type { Logger } from '../../contract/index.ts'
import { tellError } from '../../federation/errors/tell-error.ts'
import type { EventRecord } from '../../federation/records/event.ts'
import { digestOf } from '../../federation/session/cursor.ts'
import type { Session } from '../../federation/session/session.ts'
import { toldEvents } from '../../federation/session/told-events.ts'
import { toClientError } from '../errors.ts'
import { Channel, type Member, type Told } from './channel.ts'
import type { OpenedSubscription } from './open-subscription.ts'
import { RecentlyTold } from './recently-told.ts'
import type { Sink } from './sink.ts'
import { type EventTelling, tellEvent } from './tell-event.ts'

export interface Subscriber {
  readonly opened: OpenedSubscription
  /** Of who subscribes, as it is known by now; for each time that something is told. */
  readonly openSession: (requestId: string) => Promise<Session>
  /** Of the session that it was opened in. */
  readonly viewKey: string
  readonly sink: Sink
}

/** Everybody who is told what happens. Those who ask the same and may see the same are told by one channel. */
export class Subscriptions {
  readonly #telling: EventTelling
  readonly #log: Logger
  readonly #told = new RecentlyTold()
  readonly #channels = new Set<Channel>()
  /** By their keys: those that have told everything there is. */
  readonly #heads = new Map<string, Channel>()
  #leaveTail: Promise<() => void> | null = null

  constructor(telling: EventTelling, log: Logger) {
    this.#telling = telling
    this.#log = log
  }

  /** Answers what ends it, at any time. */
  async add(subscriber: Subscriber): Promise<() => void> {
    const { opened, sink, viewKey } = subscriber
    const { feed, source, operationName, values } = opened
    const key = digestOf([source, operationName, values, feed.key, viewKey])
    this.#leaveTail ??= feed.tail.follow(() => this.#wake())
    const following = this.#leaveTail
    const place = feed.start
    const channel = new Channel(
      {
        key,
        feed,
        tell: (events) => this.#tell(subscriber, events),
        reachedEnd: (one) => this.#reachedEnd(one),
        failed: (one, error) => this.#failed(one, error),
      },
      place,
    )
    const member: Member = { sink, place, channel }
    channel.members.add(member)
    this.#channels.add(channel)
    try {
      await following
    } catch (error) {
      if (this.#leaveTail === following) this.#leaveTail = null
      this.#failed(channel, error)
      return () => {}
    }
    channel.wake()
    return () => this.#leave(member)
  }

  #wake(): void {
    for (const channel of [...this.#heads.values()]) channel.wake()
  }

  /** One that has caught up goes on together with those who are told the same. */
  #reachedEnd(channel: Channel): boolean {
    const head = this.#heads.get(channel.key)
    if (head === channel) return true
    if (!head) {
      channel.becomeHead()
      this.#heads.set(channel.key, channel)
      return true
    }
    head.admit(channel.members, channel.place)
    channel.members.clear()
    this.#channels.delete(channel)
    return false
  }

  #leave(member: Member): void {
    const { channel } = member
    channel.members.delete(member)
    if (channel.members.size === 0) this.#drop(channel)
  }

  #drop(channel: Channel): void {
    this.#channels.delete(channel)
    if (this.#heads.get(channel.key) === channel) this.#heads.delete(channel.key)
    if (this.#channels.size > 0) return
    // One that could not be followed need not be left.
    this.#leaveTail?.then(
      (leave) => leave(),
      () => {},
    )
    this.#leaveTail = null
  }

  #failed(channel: Channel, error: unknown): void {
    const told = tellError(error)
    const failed = told && !told.facts.retryable ? toClientError({ message: told.message }, error) : null
    if (!failed)
      this.#log.warn({ err: error }, 'events could not be told; who was told them has to come again')
    const members = [...channel.members]
    channel.members.clear()
    this.#drop(channel)
    for (const { sink } of members) {
      if (failed) sink.fail([failed])
      else sink.comeAgain('failed')
    }
  }

  async #tell({ opened, openSession }: Subscriber, events: readonly EventRecord[]): Promise<readonly Told[]> {
    const requestId = randomUUID()
    const session = await openSession(requestId)
    try {
      const key = digestOf([opened.source, opened.operationName, opened.values, session.viewKey])
      const said = await this.#told.say(key, events, async (unsaid) => {
        const visible = await toldEvents(session, unsaid)
        const jsons = await Promise.all(
          visible.map((event) => tellEvent(opened, event, { requestId, session }, this.#telling)),
        )
        return new Map(visible.map(({ seq }, index) => [seq, jsons[index] ?? null]))
      })
      return said.flatMap((json, index) => (json === null ? [] : [{ json, place: events[index]?.seq ?? 0 }]))
    } finally {
      session.end()
    }
  }
}
