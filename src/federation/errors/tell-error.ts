import { RegistryError } from '../../contract/index.ts'
import { type ErrorFacts, FederationError } from './federation-error.ts'
import { registryFacts } from './registry-facts.ts'

/** An error as a client is told of it, in whatever form its door tells errors. */
export interface ToldError {
  readonly message: string
  readonly facts: ErrorFacts
  /** See {@link FederationError.nothingWritten}. */
  readonly nothingWritten: boolean
}

/** What is told of something that was thrown. Null: nothing but that it failed, as it is for the log alone. */
export function tellError(thrown: unknown): ToldError | null {
  if (thrown instanceof FederationError) return thrown
  // Of the gateway's own state, which takes part in writes.
  if (RegistryError.is(thrown)) {
    const { message, nothingWritten } = thrown
    return { message, facts: registryFacts(thrown, null), nothingWritten }
  }
  return null
}
