import { RegistryError } from '../../contract/index.ts'

/** A registry's error together with the registry it came from. */
export class RegistryFailure extends Error {
  readonly registry: string
  readonly error: RegistryError

  constructor(registry: string, error: RegistryError) {
    super(error.message, { cause: error })
    this.name = 'RegistryFailure'
    this.registry = registry
    this.error = error
  }
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
