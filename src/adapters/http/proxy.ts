import { request } from 'node:http'
import { request as requestTls } from 'node:https'
import type { buildConnector } from 'undici'
import { RegistryError } from '../../contract/index.ts'
import { ProxyRefusal } from './proxy-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that the environment has for a server, as for curl; `null`: it is reached without one.
 *
 * @throws RegistryError when the environment names something else: nobody who set it wants the server reached without it.
 */
export function findProxy(server: URL, env: Environment): URL | null {
  const named = (name: string) => env[name.toLowerCase()] || env[name] || ''
  if (isExempt(server, named('NO_PROXY'))) return null
  const scheme = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const variable = [scheme, 'ALL_PROXY'].find((name) => named(name) !== '')
  return variable === undefined ? null : toProxy(variable, named(variable))
}

function toProxy(variable: string, address: string): URL {
  const proxy = URL.parse(address.includes('://') ? address : `http://${address}`)
  const isUsable = proxy !== null && /^https?:$/.test(proxy.protocol) && isDecodable(proxy)
  if (isUsable) return proxy
  throw new RegistryError(
    'REGISTRY_ERROR',
    `${variable} of the environment is not the address of a proxy that can be used: write http://USER:PASSWORD@HOST:PORT, with special characters of the password percent-encoded, or name the registry in NO_PROXY.`,
    { nothingWritten: true },
  )
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password)
    return true
  } catch {
    return false
  }
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

/** What must not come back in the words of a proxy. */
export function proxySecrets(proxy: URL | null): string[] {
  if (proxy === null) return []
  const sent = Object.values(proxyHeaders(proxy)).map((header) => header.replace(/^Basic /, ''))
  return [...sent, decodeURIComponent(proxy.password)]
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
