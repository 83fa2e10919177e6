import { setTimeout as wait } from 'node:timers/promises'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Random } from '../environment/random.ts'
import { everyEvent, type ToldEvent } from './listen.ts'

interface Listening {
  readonly over: Promise<void>
  stop(): void
}

/** Listens until it is told to stop: wherever it is cut off, it goes on elsewhere since its last cursor. */
export class SteadfastListener {
  readonly events: ToldEvent[] = []
  /** How often it began. */
  begun = 0
  readonly #urls: () => readonly string[]
  readonly #random: Random
  readonly #variables: { since: string; where: object | null }
  #isStopped = false
  #listening: Listening | null = null

  constructor(urls: () => readonly string[], random: Random, since: string, where: object | null) {
    this.#urls = urls
    this.#random = random
    this.#variables = { since, where }
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      const url = this.#random.pick(this.#urls())
      const listening = this.#random.chance(0.5) ? this.#bySocket(url) : this.#byEvents(url)
      this.begun++
      this.#listening = listening
      await listening.over
      await wait(20)
    }
  }

  /** As if its network were gone. */
  drop(): void {
    this.#listening?.stop()
  }

  stop(): void {
    this.#isStopped = true
    this.drop()
  }

  #take(event: ToldEvent): void {
    this.events.push(event)
    this.#variables.since = event.cursor
  }

  #bySocket(url: string): Listening {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    })
    return this.#listen((sink) =>
      client.subscribe({ query: everyEvent, variables: { ...this.#variables } }, sink),
    )
  }

  #byEvents(url: string): Listening {
    const client = createSseClient({ url: `${url}/graphql/stream`, retryAttempts: 0 })
    return this.#listen((sink) =>
      client.subscribe({ query: everyEvent, variables: { ...this.#variables } }, sink),
    )
  }

  // biome-ignore lint/suspicious/noExplicitAny: both libraries have sinks of the same members and of types of their own.
  #listen(subscribe: (sink: any) => () => void): Listening {
    const over = Promise.withResolvers<void>()
    let isOver = false
    const end = () => {
      isOver = true
      over.resolve()
    }
    const stop = subscribe({
      next: ({ data, errors }: { data?: { events: ToldEvent }; errors?: object[] }) => {
        if (errors) throw new Error(JSON.stringify(errors))
        // What arrives after it was cut off is asked for again.
        if (!isOver && data) this.#take(data.events)
      },
      error: end,
      complete: end,
    })
    return {
      over: over.promise,
      stop: () => {
        end()
        stop()
      },
    }
  }
}
