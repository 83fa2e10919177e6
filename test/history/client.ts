import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../environment/random.ts'
import type { Call, Wish } from './call.ts'
import type { Group, Occupation } from './group.ts'
import type { Door, History, Manners } from './history.ts'

/** Longer than any gateway takes that is not suspended. */
const patienceMs = 20_000

/** What has been asked for under a key of a client's own. */
interface Used {
  readonly key: string
  readonly wish: Wish
  readonly outcome: Call['outcome']['kind']
}

/** Asks for one thing after the other, of any gateway, and is no better than clients are. */
export class Client {
  readonly #name: string
  readonly #group: Group
  readonly #random: Random
  readonly #history: History
  readonly #doors: readonly Door[]
  readonly #keys = new Map<string, Used>()

  constructor(name: string, group: Group, random: Random, history: History, doors: readonly Door[]) {
    this.#name = name
    this.#group = group
    this.#random = random
    this.#history = history
    this.#doors = doors
  }

  /** Starts with the same keys again each time. */
  async work({ calls, next }: Occupation): Promise<void> {
    this.#keys.clear()
    for (let count = 0; count < calls; count++) {
      const random = this.#random
      const used = this.#keys.size > 0 && random.chance(0.4) ? random.pick([...this.#keys.values()]) : null
      // Who was refused likes to use the key for something else.
      const isAgain = used && random.chance(used.outcome === 'refused' ? 0.4 : 0.75)
      const wish = isAgain ? used.wish : next(this.#group, random)
      const key = takesKey(wish) ? (used?.key ?? this.#newKey()) : null
      const twin = key !== null && random.chance(0.2)
      await Promise.all([this.#ask(wish, key), ...(twin ? [this.#ask(wish, key)] : [])])
    }
    await this.#finish()
  }

  /** Whatever is not known is asked for again, until it is. */
  async #finish(): Promise<void> {
    for (const { key, wish } of [...this.#keys.values()].filter(({ outcome }) => outcome === 'unknown'))
      for (let tries = 0; tries < 5 && this.#keys.get(key)?.outcome === 'unknown'; tries++) {
        await this.#ask(wish, key)
        await wait(50 * tries)
      }
  }

  #newKey(): string | null {
    const { name } = this.#group
    return this.#random.chance(0.7) ? `${name} ${this.#name} ${this.#keys.size}` : null
  }

  async #ask(wish: Wish, key: string | null): Promise<void> {
    const random = this.#random
    const manners = mannersOf(random)
    let call: Call | null = null
    for (let tries = 0; call === null && tries < 100; tries++)
      call = await this.#history.ask(random.pick(this.#doors), { client: this.#name, wish, key, manners })
    if (call === null) return
    this.#group.learn(call)
    if (key !== null && !(this.#keys.get(key)?.outcome === 'unknown' && call.outcome.kind === 'refused'))
      this.#keys.set(key, { key, wish, outcome: call.outcome.kind })
  }
}

function takesKey({ kind }: Wish): boolean {
  return ['createModel', 'createVersion', 'copyVersion'].includes(kind)
}

function mannersOf(random: Random): Manners {
  const leavesAfter = random.chance(0.04) ? random.between(1, 60) : patienceMs
  const hurry = random.chance(0.04)
    ? { 'modelgate-deadline-ms': String(Math.ceil(random.between(1, 200))) }
    : {}
  return { signal: AbortSignal.timeout(Math.ceil(leavesAfter)), headers: hurry as Record<string, string> }
}
