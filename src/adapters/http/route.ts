import { buildConnector } from 'undici'
import type { TlsConfig } from './connection-config.ts'
import { tlsOptions } from './credentials.ts'
import { findProxy, proxyHeaders, tunnelThrough } from './proxy.ts'

/** How requests come to a server: straight, or by way of the proxy that the environment names. */
export interface Route {
  readonly proxy: URL | null
  readonly connect: buildConnector.connector
  /** Where connections go to. */
  readonly origin: string
  /** What the path of every request begins with. */
  readonly prefix: string
  readonly headers: Readonly<Record<string, string>>
}

/** A proxy passes on what is plain, and opens a tunnel for TLS. */
export function findRoute(address: string, tls: TlsConfig | undefined): Route {
  const url = new URL(address)
  const path = url.pathname.replace(/\/+$/, '')
  const straight = buildConnector({ timeout: 0, ...tlsOptions(tls) })
  const proxy = findProxy(url, process.env)
  if (proxy !== null && url.protocol === 'http:') {
    const headers = { host: url.host, ...proxyHeaders(proxy) }
    return { proxy, connect: straight, origin: proxy.origin, prefix: url.origin + path, headers }
  }
  const connect = proxy === null ? straight : tunnelThrough(proxy, straight)
  return { proxy, connect, origin: url.origin, prefix: path, headers: {} }
}
