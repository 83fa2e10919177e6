import { type Client, type ClientOptions, createClient } from 'graphql-ws'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { AnyJson } from '../environment/any-json.ts'

export interface ToldEvent {
  readonly id: string
  readonly cursor: string
  readonly kind: string
  readonly model: string | null
  readonly key: string | null
  readonly after: string | null
}

export type Answer = { data?: AnyJson; errors?: AnyJson[] }

export const eventFields = 'id cursor kind model key after'
export const everyEvent = `subscription Told($where: EventFilter, $since: String) { events(where: $where, since: $since) { ${eventFields} } }`

/** With headers, as programs send them; browsers cannot. */
function webSocketWith(headers: Record<string, string>) {
  return class extends WebSocket {
    constructor(url: string, protocols: string | string[]) {
      super(url, protocols, { headers })
    }
  }
}

/** A client of graphql-ws that does not come again by itself. */
export function connect(
  url: string,
  { headers = {}, ...options }: Partial<ClientOptions> & { headers?: Record<string, string> } = {},
): Client {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: webSocketWith(headers),
    retryAttempts: 0,
    ...options,
  })
  onTestFinished(() => void client.dispose())
  return client
}

export interface Listening {
  readonly answers: Answer[]
  readonly events: ToldEvent[]
  /** Resolves when it is over: with what went wrong, or null. */
  readonly over: Promise<unknown>
  /** Resolves when so many events have come, or it is over. */
  until(count: number): Promise<readonly ToldEvent[]>
  stop(): void
}

export function listen(
  client: Client,
  variables: Record<string, unknown> = {},
  query = everyEvent,
): Listening {
  const answers: Answer[] = []
  const events: ToldEvent[] = []
  let wake = () => {}
  const over = Promise.withResolvers<unknown>()
  let isOver = false
  const end = (reason: unknown) => {
    isOver = true
    over.resolve(reason)
    wake()
  }
  const stop = client.subscribe(
    { query, variables },
    {
      next: (answer) => {
        answers.push(answer as Answer)
        const event = (answer as Answer).data?.events
        if (event) events.push(event)
        wake()
      },
      error: end,
      complete: () => end(null),
    },
  )
  return {
    answers,
    events,
    over: over.promise,
    stop,
    async until(count) {
      while (events.length < count && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return events
    },
  }
}

/** The one answer of a query or a mutation. */
export function ask(client: Client, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let last: Answer = {}
    client.subscribe(
      { query, variables },
      {
        next: (answer) => {
          last = answer as Answer
        },
        error: reject,
        complete: () => resolve(last),
      },
    )
  })
}
