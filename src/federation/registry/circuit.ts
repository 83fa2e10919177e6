import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'
import { RegistryError, type RegistryErrorCode } from '../../contract/index.ts'

export interface CircuitSettings {
  /** Failures in a row that open it. */
  readonly failures: number
  /** How often the registry is probed while it is open. */
  readonly probeIntervalMs: number
}

/** Not asked, because the registry failed too often just now. */
export class CircuitOpenError extends RegistryError {
  constructor(message: string, retryAfterMs: number) {
    super('REGISTRY_UNAVAILABLE', message, { retryAfterMs })
  }
}

const failureCodes: ReadonlySet<RegistryErrorCode> = new Set([
  'REGISTRY_TIMEOUT',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_ERROR',
])

/**
 * Opens after failures in a row and then lets no call through. A probe of its own finds out when the registry is
 * back: no client has to wait for a hanging registry to show that it still hangs.
 */
export class Circuit {
  readonly #breaker: CircuitBreakerPolicy
  readonly #settings: CircuitSettings
  readonly #registry: string
  #openSince: Date | null = null
  #nextProbe = 0
  #lastFailure = ''
  #timer: NodeJS.Timeout | null = null

  constructor(registry: string, settings: CircuitSettings, probe: () => Promise<void>) {
    this.#registry = registry
    this.#settings = settings
    this.#breaker = circuitBreaker(
      handleWhen((error) => RegistryError.is(error) && failureCodes.has(error.code)),
      // Probes come by our timer; half the interval keeps one that fires a little early from being refused.
      { halfOpenAfter: settings.probeIntervalMs / 2, breaker: new ConsecutiveBreaker(settings.failures) },
    )
    this.#breaker.onFailure(({ handled, reason }) => {
      if (handled && 'error' in reason && RegistryError.is(reason.error))
        this.#lastFailure = reason.error.message
    })
    this.#breaker.onBreak(() => {
      this.#openSince ??= new Date()
      this.#scheduleProbe(probe)
    })
    this.#breaker.onReset(() => {
      this.#openSince = null
      this.close()
    })
  }

  get isOpen(): boolean {
    return this.#breaker.state !== CircuitState.Closed
  }

  /** @throws CircuitOpenError while it is open. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.assertClosed()
    return this.#breaker.execute(call)
  }

  assertClosed(): void {
    if (!this.isOpen) return
    const since = (this.#openSince ?? new Date()).toISOString()
    const until = new Date(this.#nextProbe).toISOString()
    throw new CircuitOpenError(
      `"${this.#registry}" is not asked: it failed ${this.#settings.failures} times in a row (${this.#lastFailure}); ` +
        `its circuit is open since ${since}, the next probe is at ${until}.`,
      Math.max(0, this.#nextProbe - Date.now()),
    )
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #scheduleProbe(probe: () => Promise<void>): void {
    this.close()
    this.#nextProbe = Date.now() + this.#settings.probeIntervalMs
    // A failed probe breaks the circuit anew, and so schedules the next one.
    this.#timer = setTimeout(() => {
      this.#breaker.execute(probe).catch((error: unknown) => {
        if (RegistryError.is(error)) this.#lastFailure = error.message
      })
    }, this.#settings.probeIntervalMs)
    this.#timer.unref()
  }
}
