import type { Site } from '../../server/site.ts'
import { cookieOf } from '../presented-credential.ts'

/** A cookie that the gateway alone reads. */
export class OwnCookie {
  readonly name: string
  /** Makes a browser forget it. */
  readonly clearing: string
  readonly #attributes: string

  /** @param path of the gateway's own, below which it is sent where browsers need not have it for all. */
  constructor(site: Site, name: string, path = '/') {
    // With this prefix, which takes the path /, no neighbour under another name of the same domain can set it.
    const isOfHost = site.isSecure && site.prefix === ''
    this.name = isOfHost ? `__Host-${name}` : name
    this.#attributes = `Path=${isOfHost ? '/' : site.prefix + path}; HttpOnly; SameSite=Lax${site.isSecure ? '; Secure' : ''}`
    this.clearing = `${this.name}=; Max-Age=0; ${this.#attributes}`
  }

  set(value: string, seconds: number): string {
    return `${this.name}=${value}; Max-Age=${seconds}; ${this.#attributes}`
  }

  /** Null where the header `Cookie` has none. */
  in(header: string | undefined): string | null {
    return cookieOf(header, this.name)
  }
}
