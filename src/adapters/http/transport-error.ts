import { errors } from 'undici'
import { RegistryError } from '../../contract/index.ts'
import { ProxyRefusal, proxyTrouble, toProxyError } from './proxy-error.ts'

interface TransportFailure {
  readonly code?: unknown
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The registry refused the connection: nothing listens at its address.',
  ENOTFOUND: "The registry's host name cannot be resolved.",
  EAI_AGAIN: "The registry's host name cannot be resolved at the moment.",
  EHOSTUNREACH: "The registry's host cannot be reached.",
  ENETUNREACH: "The registry's network cannot be reached.",
  ETIMEDOUT: 'The registry did not take the connection.',
  UND_ERR_DESTROYED: 'The connection to the registry is closed.',
  UND_ERR_CLOSED: 'The connection to the registry is closed.',
}

/**
 * What went wrong below HTTP, in the contract's words. The original stays as the cause, for the log.
 *
 * @param unsent whether it is certain that the server has seen nothing of the request.
 * @param proxy what connections go to instead of the server.
 */
export function toTransportError(
  error: unknown,
  signal: AbortSignal,
  unsent: boolean,
  proxy: URL | null = null,
): RegistryError {
  if (RegistryError.is(error)) return error
  const options = { cause: error, nothingWritten: unsent }
  if (signal.aborted) {
    return new RegistryError('REGISTRY_TIMEOUT', 'The registry did not answer in time.', options)
  }
  if (error instanceof ProxyRefusal) return toProxyError(error, proxy, options)
  const code = codeOf(error)
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new RegistryError(
      'REGISTRY_UNAVAILABLE',
      'The registry does not speak TLS at this address: write http:// in its url, or name the port that does.',
      { ...options, retryable: false },
    )
  }
  if (isCertificateProblem(code)) {
    return new RegistryError(
      'REGISTRY_UNAVAILABLE',
      `The registry's TLS certificate is not accepted (${code}); set tls.ca or tls.servername.`,
      { ...options, retryable: false },
    )
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return new RegistryError('REGISTRY_ERROR', 'The registry did not answer in HTTP.', options)
  }
  const message =
    proxyTrouble(code, proxy) ??
    words[code] ??
    'The connection to the registry broke off before the answer was complete.'
  return new RegistryError('REGISTRY_UNAVAILABLE', message, options)
}

/** Of the first of several tries, such as one for each address of a host. */
function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  const code = (first as TransportFailure | null)?.code
  return typeof code === 'string' ? code : ''
}

function isCertificateProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|^ERR_SSL_|^EPROTO$/.test(code)
}

/** Of whoever asked: where that was another one, others may have time left. */
export function isTimeout(error: unknown): boolean {
  return RegistryError.is(error) && error.code === 'REGISTRY_TIMEOUT'
}
