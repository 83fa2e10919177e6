import { setTimeout as wait } from 'node:timers/promises'
import type { SyncContext } from './catalog.ts'
import type { CatalogSettings } from './catalog-settings.ts'
import { jittered, NextLook } from './next-look.ts'
import { syncOnce } from './sync-pass.ts'

/** A start is left alone at first; several gateways that start together do not ask all at once. */
const firstPauseMs = 1500
const cutEveryMs = 600_000
/** More requests than that at once are many: then the first look waits, and each page of a sync a little. */
const fewRequests = 2
const startWaitsMs = 30_000
const pageWaitsMs = 250
const betweenMs = 50
/** For another one who is at it; the next time comes. */
const waitMs = 2000

/** Syncs each registry by itself, again and again. */
export class CatalogSchedule {
  readonly #context: SyncContext
  readonly #closing = new AbortController()
  #running: readonly Promise<void>[] = []

  readonly #cutEvents: () => Promise<number>
  readonly #requestsInFlight: () => number
  readonly #afterSync: (registry: string) => Promise<void>

  /**
   * @param cutEvents takes away events that need not be kept any more, and answers how many.
   * @param requestsInFlight how many people wait for an answer now.
   */
  constructor(
    context: SyncContext,
    cutEvents: () => Promise<number>,
    requestsInFlight: () => number,
    afterSync: (registry: string) => Promise<void> = async () => {},
  ) {
    this.#context = { ...context, giveWay: () => this.#untilQuiet(pageWaitsMs) }
    this.#cutEvents = cutEvents
    this.#requestsInFlight = requestsInFlight
    this.#afterSync = afterSync
  }

  start(): void {
    const { settings } = this.#context.catalog
    const syncs = [...settings].map(([registry, own]) => this.#keepInStep(registry, own))
    this.#running = [...syncs, this.#keepEvents()]
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#running)
  }

  async #keepInStep(registry: string, settings: CatalogSettings): Promise<void> {
    const { signal } = this.#closing
    const next = new NextLook(this.#context.federation, registry, { ...settings, signal })
    await this.#pause(firstPauseMs * (1 + Math.random()))
    await this.#untilQuiet(startWaitsMs)
    while (!signal.aborted) {
      const isGood = await this.#sync(registry, settings)
      await next.after({ isGood, isUnclear: isGood && (await this.#isUnclear(registry)) })
    }
  }

  async #isUnclear(registry: string): Promise<boolean> {
    try {
      const state = (await this.#context.catalog.store.states()).get(registry)
      return state !== undefined && state.unclearSince !== null
    } catch (error) {
      this.#context.federation.log.warn(
        { registry, err: error },
        'how far a registry is known could not be looked up',
      )
      return false
    }
  }

  async #keepEvents(): Promise<void> {
    const { log } = this.#context.federation
    for (;;) {
      await this.#pause(jittered(cutEveryMs))
      if (this.#closing.signal.aborted) return
      try {
        const events = await this.#cutEvents()
        if (events > 0) log.info({ events }, 'events were kept for as long as is configured, and are gone')
      } catch (error) {
        log.warn({ err: error }, 'old events could not be taken away')
      }
    }
  }

  /** Answers false when it failed. */
  async #sync(registry: string, settings: CatalogSettings): Promise<boolean> {
    const { log } = this.#context.federation
    const { signal } = this.#closing
    const own = { ...settings, sweepEveryMs: jittered(settings.sweepEveryMs) }
    try {
      const { kind, problem } = await syncOnce(this.#context, registry, own, {
        fullSince: null,
        waitMs,
        signal,
      })
      if (problem) log.warn({ registry, ...problem }, 'a registry could not be read into the catalog')
      else if (kind === 'swept') log.debug({ registry }, 'a registry was read into the catalog')
      if (problem === null) await this.#afterSync(registry)
      return problem === null
    } catch (error) {
      if (!signal.aborted) log.warn({ registry, err: error }, 'syncing a registry failed')
      return false
    }
  }

  /** Where there is no quiet, it goes on all the same. */
  async #untilQuiet(mostMs: number): Promise<void> {
    const until = performance.now() + mostMs
    while (this.#requestsInFlight() > fewRequests && performance.now() < until) {
      if (this.#closing.signal.aborted) return
      await this.#pause(betweenMs)
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#closing
    await wait(milliseconds, undefined, { signal, ref: false }).catch(() => {})
  }
}
