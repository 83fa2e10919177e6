import { FederationError } from './federation-error.ts'

/** What it takes to do something, and what is missing. */
export interface Missing {
  /** Such as `add a version`. */
  readonly ability: string
  /** A level of permission, or `SIGNED_IN`, or `ADMINISTRATOR`. */
  readonly takes: string
}

/** The caller may not do this, whatever the registry says. */
export class ForbiddenError extends FederationError {
  override readonly name = 'ForbiddenError'

  constructor(message: string, { ability, takes }: Missing, registry: string | null) {
    const facts = { code: 'FORBIDDEN', ability, takes, retryable: false } as const
    super(message, registry === null ? facts : { ...facts, registry }, true)
  }
}
