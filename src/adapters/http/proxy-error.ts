import { RegistryError, type RegistryErrorOptions } from '../../contract/index.ts'

/** What a proxy answers instead of opening a way through it. */
export class ProxyRefusal extends Error {
  readonly status: number

  constructor(status: number) {
    super(`the proxy answered HTTP ${status}`)
    this.status = status
  }
}

/** @param proxy `null`: it is none of the environment's. */
export function proxyWantsCredentials(proxy: URL | null, behind = 'the registry'): string {
  const whose = proxy === null ? '' : ` of ${proxy.host}`
  return `The proxy before ${behind} wants credentials (HTTP 407): put the right ones into the address${whose} in HTTPS_PROXY or HTTP_PROXY, or name ${behind} in NO_PROXY.`
}

export function toProxyError(
  { status }: ProxyRefusal,
  proxy: URL | null,
  options: RegistryErrorOptions,
  behind = 'the registry',
): RegistryError {
  if (status === 407) {
    return new RegistryError('REGISTRY_ERROR', proxyWantsCredentials(proxy, behind), options)
  }
  const which = proxy === null ? '' : ` ${proxy.host}`
  return new RegistryError(
    'REGISTRY_UNAVAILABLE',
    `The proxy${which} before ${behind} opens no way to it (HTTP ${status}); ${behind} can be named in NO_PROXY.`,
    options,
  )
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: nothing listens at its address',
  ENOTFOUND: 'has a host name that cannot be resolved',
  EAI_AGAIN: 'has a host name that cannot be resolved at the moment',
  EHOSTUNREACH: 'is on a host that cannot be reached',
  ENETUNREACH: 'is in a network that cannot be reached',
  ETIMEDOUT: 'did not take the connection',
}

/** What went wrong on the way to a proxy, where all connections go; `null`: it may be no fault of the proxy's. */
export function proxyTrouble(code: string, proxy: URL | null, behind = 'the registry'): string | null {
  if (proxy === null || words[code] === undefined) return null
  return `The proxy ${proxy.host} before ${behind} ${words[code]}. Correct HTTPS_PROXY or HTTP_PROXY, or name ${behind} in NO_PROXY.`
}
