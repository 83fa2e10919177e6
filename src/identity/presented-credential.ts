import type { IncomingHttpHeaders } from 'node:http'

/** What a request brings to say who sends it. */
export type PresentedCredential =
  | { readonly kind: 'bearer'; readonly value: string }
  /** In a form that the gateway does not take. */
  | { readonly kind: 'other' }
  | { readonly kind: 'cookie'; readonly value: string }

/** Null when there is none. It is looked for in headers only: an address stands in the logs of everything on its way. */
export function findCredential(
  { authorization, cookie }: IncomingHttpHeaders,
  cookieName: string | null,
): PresentedCredential | null {
  if (authorization !== undefined) {
    const [, value] = /^bearer +(\S+) *$/i.exec(authorization) ?? []
    return value === undefined ? { kind: 'other' } : { kind: 'bearer', value }
  }
  const value = cookieName === null ? null : cookieOf(cookie, cookieName)
  return value === null ? null : { kind: 'cookie', value }
}

/** The first one of this name. */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key = '', ...rest] = pair.split('=')
    if (key.trim() === name) return rest.join('=').trim()
  }
  return null
}
