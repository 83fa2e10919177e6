import type { Facets } from '../../contract/facet-places.ts'
import {
  type Adapter,
  type Call,
  type Caller,
  type Logger,
  type RegistryDescription,
  RegistryError,
} from '../../contract/index.ts'
import { untilAborted } from '../../timing/until-aborted.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { exactJson } from '../exact-json.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import { Admission } from './admission.ts'
import type { ReadAsker, TransferAsker, WriteAsker } from './askers.ts'
import { callerFor, keyOf } from './caller-for.ts'
import { Description } from './description.ts'
import { facetsOf } from './facets.ts'
import { Flights, reasonOf, toRegistryError } from './flight.ts'
import { OrderTrust } from './order-trust.ts'
import type { RegistrySettings } from './registry-settings.ts'
import { Retries } from './retries.ts'
import { BudgetSpentError, withinTime } from './time-limit.ts'
import { toCall } from './to-call.ts'
import { toWriteError } from './write-error.ts'

/** As adapters promise: see {@link Call.signal}. */
const stopsWithinMs = 100

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
  /** Whether what it answers depends on who asks. */
  readonly #perCaller: boolean
  readonly #log: Logger
  readonly #admission: Admission
  readonly #flights = new Flights()
  readonly #retries = new Retries()
  readonly #description = new Description()
  #writes = 0

  constructor(settings: RegistrySettings, adapter: Adapter, log: Logger) {
    this.settings = settings
    this.#adapter = adapter
    this.#perCaller = adapter.perCaller === true || settings.forwards === true
    this.facets = facetsOf(adapter, settings.readOnly)
    this.requestEnded = new RegistryError(
      'REGISTRY_TIMEOUT',
      `The request ended before "${settings.name}" answered.`,
    )
    this.#log = log
    this.orderTrust = new OrderTrust(settings.name, log)
    this.#admission = new Admission(settings, (signal) => this.#askHealth(signal), {
      opened: (failure) => log.warn({ registry: this.name, failure }, 'registry is away'),
      closed: () => {
        this.#description.expire()
        log.info({ registry: settings.name }, 'registry is back')
      },
    })
  }

  get name(): string {
    return this.settings.name
  }

  /** How often a write has begun or ended: what was read before may be older than what somebody has written. */
  get writesSoFar(): number {
    return this.#writes
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

  /** @throws RegistryFailure, and nothing else. */
  read<T>(
    operation: string,
    argumentsOfIt: readonly unknown[],
    asker: ReadAsker,
    run: (adapter: Adapter, call: Call) => Promise<T>,
  ): Promise<T> {
    const toFailure = (error: unknown) => this.#toReadFailure(error, asker)
    try {
      const caller = this.#perCaller ? callerFor(this.settings, asker) : null
      const key = exactJson([asker.lane, operation, keyOf(caller) ?? '', ...argumentsOfIt])
      this.#admission.assertClosed()
      const underWay = this.#flights.find<T>(key, this.settings.timeoutMs / 2)
      if (underWay !== null) asker.countHit()
      const flight = underWay ?? this.#flights.start(key, this.#route(asker, caller, run))
      return flight.wait(asker.patience, toFailure)
    } catch (error) {
      return Promise.reject(toFailure(error))
    }
  }

  /**
   * Tried once, shared with nobody, and not broken off when the client leaves. Reads that begin after it find it done.
   *
   * @throws RegistryFailure, and nothing else. One whose outcome is not known says so.
   */
  async write<T>(
    operation: string,
    asker: WriteAsker,
    run: (facets: Facets, call: Call) => Promise<T>,
  ): Promise<T> {
    const { lane, deadline, late, signal, countRequest } = asker
    const controller = new AbortController()
    const left = Math.max(0, deadline - Date.now())
    const limits = { signal: AbortSignal.any([signal, controller.signal]), deadline }
    const caller = this.#callerOf(asker)
    const call = toCall(limits, { caller, countRequest }, this.#log)
    let begun = false
    this.#writes++
    const begin = () => {
      begun = true
      return run(this.facets, call)
    }
    // Begun without any time left, nobody would know whether it was written.
    if (left === 0) controller.abort(late())
    try {
      return await withinTime(controller, left, late, () =>
        this.#admission.run(lane, call.signal, () => this.#run(call, begin, stopsWithinMs)),
      )
    } catch (error) {
      const failure = toWriteError(
        toRegistryError(error, this.name, reasonOf(call.signal)),
        begun,
        call.signal,
      )
      const level = failure.nothingWritten ? 'debug' : 'warn'
      this.#description.noteFailure(failure)
      this.#log[level]({ registry: this.name, operation, code: failure.code, err: failure }, 'write failed')
      throw new RegistryFailure(this.name, failure)
    } finally {
      this.startAfresh()
    }
  }

  /** Reads that begin from now on join none of those under way, which may have seen what was before. */
  startAfresh(): void {
    this.#writes++
    this.#flights.clear()
  }

  /**
   * A part of moving files: without a place among the short calls, without a say in the circuit, and not held up by it
   * either, as files may be moved while reads fail.
   *
   * @throws RegistryFailure, and nothing else.
   */
  async transfer<T>(asker: TransferAsker, run: (facets: Facets, call: Call) => Promise<T>): Promise<T> {
    const call = toCall(asker, { ...asker, caller: this.#callerOf(asker) }, this.#log)
    try {
      return await this.#run(call, () => run(this.facets, call))
    } catch (error) {
      throw new RegistryFailure(this.name, toRegistryError(error, this.name, reasonOf(asker.signal)))
    }
  }

  /** For what has taken long so far and is not to fail for what others have met. */
  untilAsked(signal: AbortSignal): Promise<void> {
    return this.#admission.untilClosed(signal)
  }

  async close(): Promise<void> {
    this.#admission.end()
    await this.#adapter.close()
  }

  #route<T>(
    { lane, countRequest }: ReadAsker,
    caller: Caller | null,
    run: (adapter: Adapter, call: Call) => Promise<T>,
  ) {
    const { timeoutMs } = this.settings
    return {
      timeoutMs,
      late: () => new BudgetSpentError(this.name, timeoutMs),
      ask: (signal: AbortSignal) => {
        const limits = { signal, deadline: Date.now() + timeoutMs }
        const call = toCall(limits, { caller, countRequest }, this.#log)
        const ask = () => this.#run(call, run)
        return this.#admission.run(lane, signal, () => this.#retries.tryTwice(signal, ask))
      },
      toFailure: (error: unknown, signal: AbortSignal) => this.#toFlightFailure(error, signal),
    }
  }

  /** Told to all who share the read, and to the log. */
  #toFlightFailure(error: unknown, signal: AbortSignal): RegistryError {
    const failure = toRegistryError(error, this.name, reasonOf(signal))
    if (!signal.aborted || signal.reason instanceof BudgetSpentError) {
      this.#log.warn({ registry: this.name, code: failure.code, err: failure }, 'registry call failed')
    }
    return failure
  }

  /** Told to one of them. */
  #toReadFailure(error: unknown, asker: ReadAsker): RegistryFailure {
    const failure = toRegistryError(error, this.name, asker.patience.overFor)
    this.#description.noteFailure(failure)
    asker.countFailure()
    return new RegistryFailure(this.name, failure)
  }

  /** @throws RegistryFailure */
  #callerOf(asker: Pick<WriteAsker, 'caller' | 'asGateway'>): Caller | null {
    try {
      return callerFor(this.settings, asker)
    } catch (error) {
      throw new RegistryFailure(this.name, error as RegistryError)
    }
  }

  #askHealth(signal: AbortSignal): Promise<void> {
    const limits = { signal, deadline: Date.now() + this.settings.timeoutMs }
    const call = toCall(limits, { caller: null, countRequest() {} }, this.#log)
    return this.#run(call, (adapter) => adapter.health(call))
  }

  /** An adapter that does not heed its signal is left behind, when it has had `graceMs` to say how far it came. */
  #run<T>(call: Call, run: (adapter: Adapter, call: Call) => Promise<T>, graceMs?: number): Promise<T> {
    try {
      call.signal.throwIfAborted()
      return untilAborted(run(this.#adapter, call), call.signal, graceMs)
    } catch (error) {
      return Promise.reject(error)
    }
  }
}
