import { RegistryError } from '../../contract/index.ts'
import { Circuit, type Turned } from './circuit.ts'
import { reasonOf, toRegistryError } from './flight.ts'
import { LineFullError, Places } from './places.ts'
import type { RegistrySettings } from './registry-settings.ts'
import { BudgetSpentError, withinTime } from './time-limit.ts'

/** Whose call it is: somebody's who waits for it, or the gateway's own, which is in no hurry. */
export type Lane = 'people' | 'background'

/** Besides the places of people. */
const backgroundPlaces = 1

/** Lets calls of a registry through: so many at a time, and none while its circuit is open. */
export class Admission {
  readonly #settings: RegistrySettings
  readonly #places: Readonly<Record<Lane, Places>>
  readonly #circuit: Circuit

  /** @param health rejects while the registry is not well. */
  constructor(settings: RegistrySettings, health: (signal: AbortSignal) => Promise<void>, turned: Turned) {
    this.#settings = settings
    this.#places = {
      people: new Places(settings.maxConcurrency),
      background: new Places(backgroundPlaces),
    }
    this.#circuit = new Circuit(settings.name, settings.circuit, () => this.#probe(health), turned)
  }

  /** @throws CircuitOpenError */
  assertClosed(): void {
    this.#circuit.assertClosed()
  }

  untilClosed(signal: AbortSignal): Promise<void> {
    return this.#circuit.untilClosed(signal)
  }

  /**
   * With a say in the circuit where the registry is to blame, and somebody waits: what the gateway asks for itself may be
   * more than the registry gives in its time, while it answers people. @throws RegistryError, and nothing else.
   */
  async run<T>(lane: Lane, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    this.#circuit.assertClosed()
    let askedAt: number | null = null
    try {
      const turn = this.#takePlace(lane)
      if (turn !== null) await turn
      askedAt = performance.now()
      try {
        const answer = await ask()
        this.#circuit.noteSuccess()
        return answer
      } finally {
        this.#places[lane].giveBack()
      }
    } catch (error) {
      const failure = toRegistryError(error, this.#settings.name, reasonOf(signal))
      if (lane === 'people' && this.#isToBlame(signal, askedAt)) await this.#circuit.noteFailure(failure)
      throw failure
    }
  }

  end(): void {
    this.#circuit.end()
  }

  /** @throws RegistryError RATE_LIMITED */
  #takePlace(lane: Lane): Promise<void> | null {
    try {
      return this.#places[lane].take()
    } catch (error) {
      if (!(error instanceof LineFullError)) throw error
      throw new RegistryError(
        'RATE_LIMITED',
        `Too many requests wait for "${this.#settings.name}"; try again later.`,
      )
    }
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
