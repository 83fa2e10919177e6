import { RegistryError } from '../../contract/index.ts'
import { FederationError } from './federation-error.ts'
import { registryFacts } from './registry-facts.ts'

/** A registry's error together with the registry it came from. */
export class RegistryFailure extends FederationError {
  override readonly name = 'RegistryFailure'
  readonly registry: string
  readonly error: RegistryError

  constructor(registry: string, error: RegistryError) {
    super(error.message, registryFacts(error, registry), error.nothingWritten, { cause: error })
    this.registry = registry
    this.error = error
  }
}

/** Why something that was under way to a registry was broken off, in the name of that registry where it has words. */
export function brokenOff(registry: string, { reason }: AbortSignal): unknown {
  return RegistryError.is(reason) ? new RegistryFailure(registry, reason) : reason
}

/** The same failure, of which more is known than the registry could say. */
export function restate(
  { registry, error }: RegistryFailure,
  known: Partial<Pick<RegistryError, 'message' | 'retryable' | 'nothingWritten'>>,
): RegistryFailure {
  const { code, message, retryable, retryAfterMs, current, nothingWritten } = error
  const options = { retryable, retryAfterMs, current, nothingWritten, cause: error.cause ?? error, ...known }
  return new RegistryFailure(registry, new RegistryError(code, known.message ?? message, options))
}
