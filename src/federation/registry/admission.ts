import { type BulkheadPolicy, bulkhead } from 'cockatiel'
import { Circuit, type Turned } from './circuit.ts'
import { toRegistryError } from './flight.ts'
import type { RegistrySettings } from './registry-settings.ts'
import { BudgetSpentError, withinTime } from './time-limit.ts'

const queueLength = 10_000

/** Lets calls of a registry through: so many at a time, and none while its circuit is open. */
export class Admission {
  readonly #settings: RegistrySettings
  readonly #places: BulkheadPolicy
  readonly #circuit: Circuit

  /** @param health rejects while the registry is not well. */
  constructor(settings: RegistrySettings, health: (signal: AbortSignal) => Promise<void>, turned: Turned) {
    this.#settings = settings
    this.#places = bulkhead(settings.maxConcurrency, queueLength)
    this.#circuit = new Circuit(settings.name, settings.circuit, () => this.#probe(health), turned)
  }

  /** @throws CircuitOpenError */
  assertClosed(): void {
    this.#circuit.assertClosed()
  }

  untilClosed(signal: AbortSignal): Promise<void> {
    return this.#circuit.untilClosed(signal)
  }

  /** With a say in the circuit where the registry is to blame. @throws RegistryError, and nothing else. */
  run<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    let askedAt: number | null = null
    const inPlace = () =>
      this.#places.execute(() => {
        askedAt = performance.now()
        return ask()
      })
    return this.#circuit.run(
      async () => {
        try {
          return await inPlace()
        } catch (error) {
          throw toRegistryError(error, this.#settings.name, signal)
        }
      },
      () => this.#isToBlame(signal, askedAt),
    )
  }

  end(): void {
    this.#circuit.end()
  }

  /**
   * Not for what a client breaks off, nor for what has waited for a place, or for other calls of the same request, so
   * long that there was hardly time to answer.
   */
  #isToBlame({ aborted, reason }: AbortSignal, askedAt: number | null): boolean {
    if (askedAt === null) return false
    const hadTime = performance.now() - askedAt >= this.#settings.timeoutMs / 2
    return !aborted || (reason instanceof BudgetSpentError && hadTime)
  }

  #probe(health: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { name, timeoutMs, circuit } = this.#settings
    const milliseconds = Math.min(timeoutMs, circuit.probeIntervalMs)
    const controller = new AbortController()
    const late = () => new BudgetSpentError(name, milliseconds)
    return withinTime(controller, milliseconds, late, () => health(controller.signal))
  }
}
