import type { RegistryConfig } from '../config/index.ts'
import type { RegistryError } from '../contract/index.ts'

const byCause: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Start the server, or correct the host and the port in the address.',
  ENOTFOUND: 'Correct the host name in the address, or make it resolve on this machine.',
  EAI_AGAIN: 'See that this machine can reach its name server.',
  EHOSTUNREACH: 'See that this machine has a way to that network.',
  ENETUNREACH: 'See that this machine has a way to that network.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The server seems to speak plain HTTP: write http:// in the address.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'The server seems to speak plain HTTP: write http:// in the address.',
  EPROTO: 'The server may speak plain HTTP: try http:// in the address.',
  ECONNRESET: 'The server may speak TLS: try https:// in the address.',
  UND_ERR_SOCKET: 'The server may speak TLS: try https:// in the address.',
}

const certificateAdvice =
  "Give the authority's certificate as tls.ca, or correct the host name in the address so that the certificate covers it."

const proxyAdvice = 'Correct these variables in the environment that modelgate is started in.'

/** What a person can do about it. */
export function adviseOn(error: RegistryError, { timeoutMs }: RegistryConfig): string {
  if (error.message.includes('NO_PROXY')) return proxyAdvice
  const causes = codesBelow(error)
  if (causes.some((code) => /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_/.test(code))) return certificateAdvice
  const known = causes.map((code) => byCause[code]).find((advice) => advice !== undefined)
  if (known !== undefined) return known
  switch (error.code) {
    case 'UNAUTHENTICATED':
      return 'Correct the credentials under auth of this registry, or give some.'
    case 'FORBIDDEN':
      return 'Ask for the permission to read, or use other credentials.'
    case 'REGISTRY_TIMEOUT':
      return `See that the address is right and no firewall swallows the request; a server that is slow needs more than timeoutMs: ${timeoutMs}.`
    case 'REGISTRY_ERROR':
    case 'UNSUPPORTED':
      return 'See that the address is the root of the registry (with the path a proxy adds, without /api or a page), and look into its log.'
    case 'REGISTRY_UNAVAILABLE':
      return 'See that the server runs and the address is right.'
    case 'RATE_LIMITED':
      return 'Try again later, or lower maxConcurrency.'
    default:
      return 'Look into the log of the registry.'
  }
}

function codesBelow(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const { code, cause } = error as NodeJS.ErrnoException
  const nested = error instanceof AggregateError ? error.errors.flatMap(codesBelow) : []
  return [...(typeof code === 'string' ? [code] : []), ...nested, ...codesBelow(cause)]
}
