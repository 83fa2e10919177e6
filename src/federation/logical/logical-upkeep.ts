import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../../contract/index.ts'
import type { Environments } from '../session/environments.ts'

/** Where it is kept which model belongs to which logical model. */
export interface ClaimStore {
  /** @param isLast whether these rules go before those that were adopted earlier. */
  adopt(rules: ReadonlyMap<string, string>, isLast: boolean): Promise<void>
  /** Asks the rules about some of the models that were there before them. Answers whether all are done. */
  recompute(registry: string): Promise<boolean>
}

interface KeptRegistry {
  readonly name: string
  readonly environment: string | null
}

/** Another process may have adopted rules and ended before all models were asked about. */
const lookAgainEveryMs = 30_000

/** Sees to it that models are claimed by the rules of the configuration. */
export class LogicalUpkeep {
  readonly #store: ClaimStore
  readonly #rules: ReadonlyMap<string, string>
  readonly #log: Logger
  readonly #everyMs: number
  readonly #closing = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(
    store: ClaimStore,
    environments: Environments,
    registries: readonly KeptRegistry[],
    log: Logger,
    everyMs = lookAgainEveryMs,
  ) {
    this.#store = store
    this.#log = log
    this.#everyMs = everyMs
    this.#rules = new Map(
      registries.map((registry) => [registry.name, JSON.stringify(environments.rulesOf(registry))]),
    )
  }

  /** Beside a gateway, which may have another configuration: only where nobody has adopted any rules yet. */
  adoptIfNone(): Promise<void> {
    return this.#store.adopt(this.#rules, false)
  }

  /** From then on the rules of this configuration decide; they are asked about the models that are there already. */
  start(): void {
    this.#running = this.#keepSettled()
  }

  async #keepSettled(): Promise<void> {
    const { signal } = this.#closing
    let isAdopted = false
    while (!signal.aborted) {
      isAdopted ||= await this.#adopt()
      if (isAdopted) await this.settle()
      await wait(this.#everyMs, null, { signal, ref: false }).catch(() => null)
    }
  }

  async #adopt(): Promise<boolean> {
    try {
      await this.#store.adopt(this.#rules, true)
      return true
    } catch (error) {
      this.#log.error({ err: error }, 'the rules of logicalModels could not be adopted; they are tried again')
      return false
    }
  }

  async settle(): Promise<void> {
    for (const registry of this.#rules.keys()) {
      try {
        while (!this.#closing.signal.aborted && !(await this.#store.recompute(registry)));
      } catch (error) {
        // The next look goes on from there.
        this.#log.error(
          { registry, err: error },
          'the rules of logicalModels could not be asked about the models of a registry',
        )
      }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }
}
