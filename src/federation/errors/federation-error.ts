import type { RegistryErrorCode } from '../../contract/index.ts'

/** What clients may know of an error beside its message, by the names that they know it by. */
export interface ErrorFacts {
  readonly code: RegistryErrorCode
  /** The argument that it is about. */
  readonly field?: string
  /** The registry that it is from. */
  readonly registry?: string
  readonly retryable: boolean
  readonly retryAfterMs?: number
  readonly current?: string | null
  /** With FORBIDDEN: what was not allowed, and the permission it takes. */
  readonly ability?: string
  readonly takes?: string
}

/** An error that clients are told of as it is, by whatever door they came. */
export abstract class FederationError extends Error {
  readonly code: RegistryErrorCode
  readonly field: string | null
  readonly facts: ErrorFacts
  /** Whether it is certain that a write which failed so has left no trace. */
  readonly nothingWritten: boolean

  constructor(message: string, facts: ErrorFacts, nothingWritten: boolean, options?: ErrorOptions) {
    super(message, options)
    this.code = facts.code
    this.field = facts.field ?? null
    this.facts = facts
    this.nothingWritten = nothingWritten
  }
}
