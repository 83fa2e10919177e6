import { isLoopbackName } from './loopback.ts'

export interface SiteOptions {
  /** Where clients reach the gateway, with the path that stands before its own; null: under the name they use. */
  readonly publicUrl: string | null
  /** Further names under which it answers, with or without a port. */
  readonly allowedHosts: readonly string[]
  /** Whether it speaks TLS itself. */
  readonly isEncrypted: boolean
  readonly cors: CorsOptions
}

export interface CorsOptions {
  /** Of pages that browsers let read its answers; `*`: of all. */
  readonly origins: readonly string[]
  /** Whether these pages act as who is signed in. */
  readonly credentials: boolean
}

const nowhere: SiteOptions = {
  publicUrl: null,
  allowedHosts: [],
  isEncrypted: false,
  cors: { origins: [], credentials: false },
}

/** Under which addresses the gateway is itself. */
export class Site {
  /** What stands before every path of the gateway's own, such as `/models`; empty as a rule. */
  readonly prefix: string
  /** Whether what browsers keep for it is sent over TLS alone. */
  readonly isSecure: boolean
  /** Whether it is told under which names it is reached. */
  readonly isNamed: boolean
  readonly cors: CorsOptions
  readonly #publicUrl: URL | null
  readonly #hosts: readonly string[]

  constructor(options: Partial<SiteOptions> = {}) {
    const { publicUrl, allowedHosts, isEncrypted, cors } = { ...nowhere, ...options }
    this.#publicUrl = publicUrl === null ? null : new URL(publicUrl)
    this.prefix = this.#publicUrl?.pathname.replace(/\/+$/, '') ?? ''
    this.isSecure = this.#publicUrl ? this.#publicUrl.protocol === 'https:' : isEncrypted
    this.#hosts = [
      ...allowedHosts.map((host) => host.toLowerCase()),
      ...(this.#publicUrl ? [this.#publicUrl.host] : []),
    ]
    this.isNamed = this.#hosts.length > 0
    this.cors = cors
  }

  /** Of the header Host. A name that is given without a port stands for all ports. */
  isOwnHost(header: string): boolean {
    const url = URL.parse(`http://${header}/`)
    if (url === null) return false
    const secure = URL.parse(`https://${header}/`)
    return (
      isLoopbackName(url.hostname) ||
      [url.host, secure?.host ?? '', url.hostname].some((host) => this.#hosts.includes(host))
    )
  }

  /**
   * Of a page: whether it is one of the gateway's own. Another port of the same name is another origin, and nobody knows
   * whose.
   */
  isOwnOrigin(origin: string, hostHeader: string | undefined): boolean {
    const url = URL.parse(origin)
    // As browsers spell it; `null` and what is more than an origin are not.
    if (url?.origin !== origin || (this.isSecure && url.protocol !== 'https:')) return false
    if (this.#publicUrl?.origin === origin || url.host === hostHeader?.toLowerCase()) return true
    return this.#hosts.includes(url.host)
  }

  /** Whether pages of this origin may read what the gateway answers; nobody asks for leave to open a WebSocket. */
  isAllowedOrigin(origin: string, hostHeader: string | undefined): boolean {
    const { origins } = this.cors
    return origins.includes('*') || origins.includes(origin) || this.isOwnOrigin(origin, hostHeader)
  }

  /** Whether pages of this origin act as who is signed in. */
  isTrustedOrigin(origin: string): boolean {
    return this.cors.credentials && this.cors.origins.includes(origin)
  }

  /** Where clients reach the gateway, with a slash at the end. */
  baseUrl(hostHeader: string | undefined): URL {
    if (this.#publicUrl) return new URL(`${this.#publicUrl.origin}${this.prefix}/`)
    return new URL(`${this.isSecure ? 'https' : 'http'}://${hostHeader ?? 'localhost'}/`)
  }

  /** The path as it is without {@link prefix}, whether or not what stands in front has taken it away. */
  ownPath(url: string): string {
    if (this.prefix === '' || !url.startsWith(this.prefix)) return url
    const rest = url.slice(this.prefix.length)
    if (rest === '' || rest.startsWith('?')) return `/${rest}`
    return rest.startsWith('/') ? rest : url
  }
}
