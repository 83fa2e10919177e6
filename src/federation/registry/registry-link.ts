import { type BulkheadPolicy, bulkhead } from 'cockatiel'
import {
  type Adapter,
  type Call,
  type Logger,
  type RegistryDescription,
  RegistryError,
} from '../../contract/index.ts'
import { exactJson } from '../exact-json.ts'
import type { FederatedRegistry } from '../registry.ts'
import type { ReadAsker, TransferAsker, WriteAsker } from './askers.ts'
import { Circuit } from './circuit.ts'
import { Description } from './description.ts'
import { type Facets, facetsOf } from './facets.ts'
import { Flights, toRegistryError } from './flight.ts'
import { OrderTrust } from './order-trust.ts'
import type { RegistrySettings } from './registry-settings.ts'
import { Retries } from './retries.ts'
import { BudgetSpentError, withinTime } from './time-limit.ts'
import { untilAborted } from './until-aborted.ts'
import { toWriteError } from './write-error.ts'

/** As adapters promise: see {@link Call.signal}. */
const stopsWithinMs = 100
const queueLength = 10_000

/**
 * A configured registry for the lifetime of the gateway. Every call of its adapter goes through here and so has a
 * deadline, a place in the bulkhead, a circuit, one retry, and company: the same read under way is shared.
 */
export class RegistryLink {
  readonly settings: RegistrySettings
  readonly facets: Facets
  readonly orderTrust: OrderTrust
  /** Why a read is left when its request is over; made once, as it is given at the end of every request. */
  readonly requestEnded: RegistryError
  readonly #adapter: Adapter
  readonly #log: Logger
  readonly #circuit: Circuit
  readonly #places: BulkheadPolicy
  readonly #flights = new Flights()
  readonly #retries = new Retries()
  readonly #description = new Description()

  constructor(settings: RegistrySettings, adapter: Adapter, log: Logger) {
    this.settings = settings
    this.#adapter = adapter
    this.facets = facetsOf(adapter, settings.readOnly)
    this.requestEnded = new RegistryError(
      'REGISTRY_TIMEOUT',
      `The request ended before "${settings.name}" answered.`,
    )
    this.#log = log
    this.orderTrust = new OrderTrust(settings.name, log)
    this.#places = bulkhead(settings.maxConcurrency, queueLength)
    this.#circuit = new Circuit(settings.name, settings.circuit, () => this.#probe(), {
      opened: (failure) => this.#noteAway(failure),
      closed: () => this.#noteBack(),
    })
  }

  get name(): string {
    return this.settings.name
  }

  get record(): FederatedRegistry {
    const { name, adapter, environment } = this.settings
    return { name, adapter, environment }
  }

  /** What the registry says of itself. What it said before stands where it cannot be asked again. */
  async describe(asker: ReadAsker): Promise<RegistryDescription> {
    return this.#description.get(() =>
      this.read('describe', [], asker, (adapter, call) => adapter.describe(call)),
    )
  }

  health(asker: ReadAsker): Promise<void> {
    return this.read('health', [], asker, (adapter, call) => adapter.health(call))
  }

  /** @throws RegistryError, and nothing else. */
  async read<T>(
    operation: string,
    argumentsOfIt: readonly unknown[],
    asker: ReadAsker,
    run: (adapter: Adapter, call: Call) => Promise<T>,
  ): Promise<T> {
    this.#circuit.assertClosed()
    const key = exactJson([operation, asker.caller?.principal ?? null, ...argumentsOfIt])
    try {
      return await this.#flights.share(
        key,
        asker,
        this.settings.timeoutMs / 2,
        () => asker.countHit(),
        (controller) => this.#fly(controller, asker, run),
      )
    } catch (error) {
      const failure = toRegistryError(error, this.name, asker.signal)
      this.#description.noteFailure(failure)
      throw failure
    }
  }

  /**
   * Tried once, shared with nobody, and not broken off when the client leaves. Reads that begin after it find it done.
   *
   * @throws RegistryError, and nothing else. One whose outcome is not known says so.
   */
  async write<T>(
    operation: string,
    { caller, deadline, late, signal, countRequest }: WriteAsker,
    run: (adapter: Adapter, call: Call) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController()
    const left = Math.max(0, deadline - Date.now())
    const call = this.#call(AbortSignal.any([signal, controller.signal]), { caller, countRequest }, deadline)
    let begun = false
    const begin = (adapter: Adapter) => {
      begun = true
      return run(adapter, call)
    }
    try {
      return await withinTime(controller, left, late, () =>
        this.#attempt(call, () => untilAborted(this.#adapter, call, begin, stopsWithinMs)),
      )
    } catch (error) {
      const failure = toWriteError(toRegistryError(error, this.name, call.signal), begun, call.signal)
      const level = failure.nothingWritten ? 'debug' : 'warn'
      this.#description.noteFailure(failure)
      this.#log[level]({ registry: this.name, operation, code: failure.code, err: failure }, 'write failed')
      throw failure
    } finally {
      this.#flights.clear()
    }
  }

  /** Reads that begin from now on join none of those under way, which may have seen what was before. */
  startAfresh(): void {
    this.#flights.clear()
  }

  /**
   * A part of moving files: without a place among the short calls, without a say in the circuit, and not held up by it
   * either, as files may be moved while reads fail.
   *
   * @throws RegistryError, and nothing else.
   */
  async transfer<T>(asker: TransferAsker, run: (adapter: Adapter, call: Call) => Promise<T>): Promise<T> {
    const call = this.#call(asker.signal, asker, asker.deadline)
    try {
      return await untilAborted(this.#adapter, call, run)
    } catch (error) {
      throw toRegistryError(error, this.name, asker.signal)
    }
  }

  /** For what has taken long so far and is not to fail for what others have met. */
  untilAsked(signal: AbortSignal): Promise<void> {
    return this.#circuit.untilClosed(signal)
  }

  async close(): Promise<void> {
    this.#circuit.end()
    await this.#adapter.close()
  }

  async #fly<T>(
    controller: AbortController,
    asker: ReadAsker,
    run: (adapter: Adapter, call: Call) => Promise<T>,
  ): Promise<T> {
    const { timeoutMs } = this.settings
    const call = this.#call(controller.signal, asker)
    const late = () => new BudgetSpentError(this.name, timeoutMs)
    try {
      return await withinTime(controller, timeoutMs, late, () =>
        this.#attempt(call, () =>
          this.#retries.tryTwice(call.signal, () => untilAborted(this.#adapter, call, run)),
        ),
      )
    } catch (error) {
      const failure = toRegistryError(error, this.name, call.signal)
      if (!call.signal.aborted || call.signal.reason instanceof BudgetSpentError) {
        this.#log.warn({ registry: this.name, code: failure.code, err: failure }, 'registry call failed')
      }
      throw failure
    }
  }

  /** In a place of the bulkhead, and with a say in the circuit where the registry is to blame. */
  #attempt<T>(call: Call, ask: () => Promise<T>): Promise<T> {
    let askedAt: number | null = null
    const attempt = () =>
      this.#places.execute(() => {
        askedAt = performance.now()
        return ask()
      })
    return this.#circuit.run(
      async () => {
        try {
          return await attempt()
        } catch (error) {
          throw toRegistryError(error, this.name, call.signal)
        }
      },
      () => this.#isToBlame(call.signal, askedAt),
    )
  }

  /**
   * Not for what a client breaks off, nor for what has waited for a place, or for other calls of the same request, so
   * long that there was hardly time to answer.
   */
  #isToBlame({ aborted, reason }: AbortSignal, askedAt: number | null): boolean {
    if (askedAt === null) return false
    const hadTime = performance.now() - askedAt >= this.settings.timeoutMs / 2
    return !aborted || (reason instanceof BudgetSpentError && hadTime)
  }

  #call(
    signal: AbortSignal,
    asker: Pick<ReadAsker, 'caller' | 'countRequest'>,
    deadline = Date.now() + this.settings.timeoutMs,
  ): Call {
    return {
      signal,
      deadline,
      caller: asker.caller,
      log: this.#log,
      countRequest: () => asker.countRequest(),
    }
  }

  #noteAway(failure: string): void {
    this.#log.warn({ registry: this.name, failure }, 'registry is away')
  }

  #noteBack(): void {
    this.#description.expire()
    this.#log.info({ registry: this.name }, 'registry is back')
  }

  async #probe(): Promise<void> {
    const { timeoutMs, circuit } = this.settings
    const milliseconds = Math.min(timeoutMs, circuit.probeIntervalMs)
    const controller = new AbortController()
    const call = this.#call(controller.signal, { caller: null, countRequest: () => {} })
    await withinTime(
      controller,
      milliseconds,
      () => new BudgetSpentError(this.name, milliseconds),
      () => untilAborted(this.#adapter, call, (adapter) => adapter.health(call)),
    )
  }
}
