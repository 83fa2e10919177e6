import {
  RegistryError,
  type RegistryErrorCode,
  type RegistryErrorOptions,
  registryErrorCodes,
} from '../contract/index.ts'

/** A registry's adapter that is not the gateway's own. */
export interface PlugInName {
  /** The registry's. */
  readonly name: string
  /** As written under `adapter:`. */
  readonly adapter: string
  /** Keeps what its options keep secret out of its words. */
  readonly mask?: (text: string) => string
}

export function plugInFault(
  { name, adapter }: PlugInName,
  what: string,
  options: RegistryErrorOptions & { readonly code?: RegistryErrorCode } = {},
): RegistryError {
  const { code = 'REGISTRY_ERROR', ...more } = options
  return new RegistryError(code, `The plug-in ${adapter} of "${name}" ${what}.`, more)
}

/** What a plug-in threw or gave for an error. Its own words are for the log, unless they are a RegistryError's. */
export function toPlugInError(error: unknown, plugIn: PlugInName): RegistryError {
  if (!RegistryError.is(error)) {
    return plugInFault(plugIn, 'failed unexpectedly; the log says why', { cause: error })
  }
  const code: string = error.code
  if (registryErrorCodes.some((known) => known === code)) return withoutSecrets(error, plugIn)
  return plugInFault(plugIn, `failed with ${JSON.stringify(code)}, which is none of the error codes`, {
    cause: error,
  })
}

function withoutSecrets(error: RegistryError, { mask }: PlugInName): RegistryError {
  const message = mask?.(error.message) ?? error.message
  if (message === error.message) return error
  const { code, retryable, retryAfterMs, current, nothingWritten, cause } = error
  return new RegistryError(code, message, { retryable, retryAfterMs, current, nothingWritten, cause })
}
