import { setTimeout as wait } from 'node:timers/promises'
import type { Call, Outcome, Wish } from './call.ts'
import type { Body } from './to-outcome.ts'
import { toReadOutcome, toWriteOutcome } from './to-outcome.ts'
import { toRequest } from './to-request.ts'

/** A gateway as a client sees it. */
export interface Door {
  readonly name: string
  ask(query: string, variables: object, options: Manners): Promise<Body>
}

/** How a client asks: it may leave before the answer, or be in a hurry. */
export interface Manners {
  readonly signal: AbortSignal
  readonly headers: Readonly<Record<string, string>>
}

export interface Asking {
  readonly client: string
  readonly wish: Wish
  readonly key: string | null
  readonly manners: Manners
}

/** Asks, and writes down when each call began, when it ended, and what came of it. */
export class History {
  readonly calls: Call[] = []
  readonly #registry: string
  /** How often all keys have been forgotten. */
  era = 0

  constructor(registry: string) {
    this.#registry = registry
  }

  /** Null: nobody was there to be asked. */
  async ask(door: Door, { client, wish, key, manners }: Asking): Promise<Call | null> {
    const { era } = this
    const { document, variables } = toRequest(this.#registry, wish, key)
    const begin = performance.now()
    const outcome = await outcomeOf(wish, door.ask(document, variables, manners))
    if (outcome === null) {
      await wait(20)
      return null
    }
    const id = String(this.calls.length)
    const end = performance.now()
    const call = { id, client, gateway: door.name, wish, key, era, begin, end, outcome }
    this.calls.push(call)
    return call
  }
}

async function outcomeOf(wish: Wish, asked: Promise<Body>): Promise<Outcome | null> {
  try {
    const body = await asked
    return wish.kind === 'readModel' ? toReadOutcome(body) : toWriteOutcome(body)
  } catch (error) {
    if (isRefusedConnection(error)) return null
    return {
      kind: 'unknown',
      why: error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error),
    }
  }
}

function isRefusedConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
}
