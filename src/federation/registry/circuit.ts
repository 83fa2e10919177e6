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

/** Told of each turn once. */
export interface Turned {
  /** @param failure the last one, in words. */
  opened(failure: string): void
  closed(): void
}

const failureCodes: ReadonlySet<RegistryErrorCode> = new Set([
  'REGISTRY_TIMEOUT',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_ERROR',
])

/**
 * Opens after failures in a row and then lets no call through. A probe of its own finds out when the registry is
 * back: no client has to wait for a hanging registry to show that it still hangs.
 *
 * An answer that says failure may be one that only some requests get, so the registry is probed before it opens. One
 * that hung is not waited for again: it opens, and is probed at once.
 */
export class Circuit {
  readonly #settings: CircuitSettings
  readonly #registry: string
  readonly #probe: () => Promise<void>
  readonly #turned: Turned
  #failuresInARow = 0
  #lastFailure = ''
  #openSince: Date | null = null
  #nextProbe = 0
  #timer: NodeJS.Timeout | null = null
  #checking: Promise<void> | null = null
  #isEnded = false
  readonly #waiting = new Set<() => void>()

  /** @param probe rejects while the registry is not well. */
  constructor(registry: string, settings: CircuitSettings, probe: () => Promise<void>, turned: Turned) {
    this.#registry = registry
    this.#settings = settings
    this.#probe = probe
    this.#turned = turned
  }

  get isOpen(): boolean {
    return this.#openSince !== null
  }

  noteSuccess(): void {
    this.#failuresInARow = 0
  }

  /** Of a call for which the registry is to blame. Resolves when it is found out whether it opens. */
  async noteFailure(failure: RegistryError): Promise<void> {
    if (failureCodes.has(failure.code)) await this.#count(failure)
  }

  /** @throws CircuitOpenError while it is open. */
  assertClosed(): void {
    if (this.#openSince === null) return
    throw new CircuitOpenError(
      `"${this.#registry}" is not asked: it failed ${this.#settings.failures} times in a row (${this.#lastFailure}); ` +
        `its circuit is open since ${this.#openSince.toISOString()}, the next probe is at ${new Date(this.#nextProbe).toISOString()}.`,
      Math.max(0, this.#nextProbe - Date.now()),
    )
  }

  /** Resolves when calls are let through, at once as a rule, and when the signal fires. */
  untilClosed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isOpen || signal.aborted) return resolve()
      const go = () => {
        this.#waiting.delete(go)
        signal.removeEventListener('abort', go)
        resolve()
      }
      this.#waiting.add(go)
      signal.addEventListener('abort', go, { once: true })
    })
  }

  /** Probes no more. */
  end(): void {
    this.#isEnded = true
    for (const go of this.#waiting) go()
    if (this.#timer) clearTimeout(this.#timer)
  }

  async #count(failure: RegistryError): Promise<void> {
    if (this.isOpen || ++this.#failuresInARow < this.#settings.failures) return
    this.#lastFailure = failure.message
    if (failure.code === 'REGISTRY_TIMEOUT') {
      this.#open()
      this.#scheduleProbe(0)
    } else {
      this.#checking ??= this.#ask().finally(() => {
        this.#checking = null
      })
      await this.#checking
    }
  }

  /** Closes or opens by how the registry is. */
  async #ask(): Promise<void> {
    try {
      await this.#probe()
      if (this.isOpen) this.#turned.closed()
      this.#openSince = null
      this.#failuresInARow = 0
      for (const go of this.#waiting) go()
    } catch (error) {
      if (RegistryError.is(error)) this.#lastFailure = error.message
      this.#open()
      this.#scheduleProbe(this.#settings.probeIntervalMs)
    }
  }

  #open(): void {
    if (this.isOpen) return
    this.#openSince = new Date()
    this.#turned.opened(this.#lastFailure)
  }

  #scheduleProbe(milliseconds: number): void {
    if (this.#isEnded) return
    this.#nextProbe = Date.now() + milliseconds
    this.#timer = setTimeout(() => this.#ask(), milliseconds)
    this.#timer.unref()
  }
}
