import { turns } from '../../federation/turns.ts'
import type { IdentifiedCaller, Presented } from '../../server/caller.ts'
import type { DoorTools } from '../../server/door.ts'
import { RequestRefusal } from '../../server/request-refusal.ts'

/** One whose credential was good when it came. */
export interface Watched {
  readonly presented: Presented
  readonly caller: IdentifiedCaller
  /** It is good no more. */
  refused(refusal: RequestRefusal): void
}

/** Of the second within which what is revoked, here or elsewhere, holds no more. */
const lookEveryMs = 400
const atOnce = 500
/** What may end while a connection lasts. */
const mayEnd: ReadonlySet<string> = new Set(['token', 'jwt', 'login'])

/** Looks several times a second whether the credentials still hold by which connections were opened that last. */
export class Vigil {
  readonly #identify: DoorTools<never>['identify']
  readonly #watched = new Set<Watched>()
  #timer: NodeJS.Timeout | null = null
  #isLooking = false

  constructor(identify: DoorTools<never>['identify']) {
    this.#identify = identify
  }

  /** Answers what ends it. */
  watch(watched: Watched): () => void {
    if (!mayEnd.has(watched.caller.via)) return () => {}
    this.#watched.add(watched)
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs).unref()
    return () => {
      this.#watched.delete(watched)
      if (this.#watched.size > 0 || !this.#timer) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  /** Each credential once, however many connections it has opened. */
  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const byCredential = Map.groupBy(this.#watched, ({ presented: { headers } }) =>
      JSON.stringify([headers.authorization ?? null, headers.cookie ?? null]),
    )
    const all = [...byCredential.values()]
    for (let from = 0; from < all.length; from += atOnce) {
      if (turns.isOver()) await turns.next()
      // Together they are one question to the database.
      await Promise.all(all.slice(from, from + atOnce).map((alike) => this.#lookAt(alike)))
    }
    this.#isLooking = false
  }

  async #lookAt(alike: readonly Watched[]): Promise<void> {
    const [first] = alike
    if (!first) return
    try {
      await this.#identify(first.presented)
    } catch (error) {
      // Whoever cannot be asked about is not sent away: what is not known of permissions is not told.
      if (!(error instanceof RequestRefusal) || (error.status !== 401 && error.status !== 403)) return
      for (const watched of alike) watched.refused(error)
    }
  }
}
