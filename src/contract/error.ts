/**
 * The closed set of ways in which a registry can fail. The same names stand in the public GraphQL schema
 * (`ErrorCode`), so an adapter's choice reaches clients unchanged.
 */
export const registryErrorCodes = [
  /** The thing a write names is not there. Reads answer `null` instead. */
  'NOT_FOUND',
  'ALREADY_EXISTS',
  /** A compare-and-set lost. */
  'CONFLICT',
  /** Something else was made under this key. */
  'IDEMPOTENCY_KEY_REUSED',
  /** The backend refuses the arguments; the message says the rule in words. */
  'BAD_USER_INPUT',
  /** This backend, or this version of it, cannot do it. */
  'UNSUPPORTED',
  /** A policy of the backend's own denies it. */
  'POLICY_VIOLATION',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  /** No answer by the deadline. */
  'REGISTRY_TIMEOUT',
  /** Refused, reset, 502, 503 or 504. */
  'REGISTRY_UNAVAILABLE',
  /** Any other answer that cannot be used: 500, HTML, broken JSON. */
  'REGISTRY_ERROR',
  /** More rows to read than is allowed. */
  'LIMIT_EXCEEDED',
] as const

export type RegistryErrorCode = (typeof registryErrorCodes)[number]

export interface RegistryErrorOptions {
  /** Defaults to true for RATE_LIMITED, REGISTRY_TIMEOUT and REGISTRY_UNAVAILABLE, else false. */
  readonly retryable?: boolean
  /** Milliseconds after which another try makes sense, when the backend said so; rounded up, NaN is as good as `null`. */
  readonly retryAfterMs?: number | null
  /** With CONFLICT: what is there instead of what was expected, such as a version or a stage; `null`: nothing is. */
  readonly current?: string | null
  /**
   * Whether it is certain that a write did nothing. Left out, it is not after REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE
   * and REGISTRY_ERROR (say `true` where the backend was never reached), and it is after every other code. Where a
   * write takes several requests that is wrong from the second one on: see {@link afterFirstWrite}.
   */
  readonly nothingWritten?: boolean
  /** What was thrown below. Logged, never shown to a client. */
  readonly cause?: unknown
}

const retryableByDefault: ReadonlySet<RegistryErrorCode> = new Set([
  'RATE_LIMITED',
  'REGISTRY_TIMEOUT',
  'REGISTRY_UNAVAILABLE',
])

/** After these a write may have been done or not. */
const unknownOutcomes: ReadonlySet<RegistryErrorCode> = new Set([
  'REGISTRY_TIMEOUT',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_ERROR',
])

/** As much as clients can be told, who know integers of 32 bits. */
const longestWaitMs = 2 ** 31 - 1

function toWholeMilliseconds(wait: number | null | undefined): number | null {
  return Number.isFinite(wait) ? Math.min(Math.max(Math.ceil(Number(wait)), 0), longestWaitMs) : null
}

const marker = Symbol.for('modelgate.RegistryError.1')

/**
 * The one error an adapter throws or returns as an outcome.
 *
 * `message` is shown to clients as it stands: one sentence that says what is wrong and, where it is known, what
 * to do. It never holds a backend's text for a 5xx answer, a URL with credentials, a path or a stack.
 */
export class RegistryError extends Error {
  readonly code: RegistryErrorCode
  readonly retryable: boolean
  readonly retryAfterMs: number | null
  readonly current: string | null
  readonly nothingWritten: boolean

  constructor(code: RegistryErrorCode, message: string, options: RegistryErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'RegistryError'
    this.code = code
    this.retryable = options.retryable ?? retryableByDefault.has(code)
    this.retryAfterMs = toWholeMilliseconds(options.retryAfterMs)
    this.current = options.current ?? null
    this.nothingWritten = options.nothingWritten ?? !unknownOutcomes.has(code)
    Object.defineProperty(this, marker, { value: true })
  }

  /** Holds across two copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is RegistryError {
    return value instanceof Error && marker in value
  }
}
