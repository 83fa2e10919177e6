import type { RegistryError } from '../contract/index.ts'

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
