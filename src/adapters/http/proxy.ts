import { request } from 'node:http'
import { request as requestTls } from 'node:https'
import type { buildConnector } from 'undici'

export const proxyWantsCredentials =
  'The proxy before the registry wants credentials (HTTP 407): put them into the address in HTTPS_PROXY or HTTP_PROXY, or name the registry in NO_PROXY.'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy that the environment has for a server, as for curl; `null`: it is reached without one. */
export function findProxy(server: URL, env: Environment): URL | null {
  const named = (name: string) => env[name.toLowerCase()] || env[name.toUpperCase()] || ''
  if (isExempt(server, named('no_proxy'))) return null
  const scheme = server.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const address = named(scheme) || named('all_proxy')
  return address === '' ? null : URL.parse(address.includes('://') ? address : `http://${address}`)
}

/** A name stands for those below it too, `*` for all, and a port for that one only. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  const host = hostname.replace(/^\[|\]$/g, '')
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = '', only] =
      /^\*?\.?(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    if (only !== undefined && only !== actualPort) return false
    if (entry === '*' || entry.startsWith('*:')) return true
    const bare = name.replace(/^\[|\]$/g, '')
    return bare !== '' && (host === bare || host.endsWith(`.${bare}`))
  })
}

export function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }
}

/** What a proxy answers instead of opening a way through it. */
export class ProxyRefusal extends Error {
  readonly status: number

  constructor(status: number) {
    super(`the proxy answered HTTP ${status}`)
    this.status = status
  }
}

/** Speaks TLS with the server through a tunnel that the proxy opens. */
export function tunnelThrough(proxy: URL, connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80')
    const path = `${options.hostname}:${port}`
    const send = proxy.protocol === 'https:' ? requestTls : request
    const asked = send(proxy, {
      method: 'CONNECT',
      path,
      headers: { host: path, ...proxyHeaders(proxy) },
      agent: false,
    })
    asked.once('error', (error) => callback(error, null))
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) return connect({ ...options, httpSocket: socket }, callback)
      socket.destroy()
      callback(new ProxyRefusal(statusCode), null)
    })
    asked.end()
  }
}
