import { RestError } from '@azure/core-rest-pipeline'
import { ProxyRefusal } from '../../http/proxy-error.ts'

/** What a proxy answered instead of opening a tunnel; `null`: it was something else. */
export function tunnelRefusal(error: unknown): ProxyRefusal | null {
  if (error instanceof ProxyRefusal) return error
  if (!(error instanceof RestError) || error.code !== 'ERR_PROXY_TUNNEL') return null
  // The pipeline keeps the words of Node's error only: `…: HTTP/1.1 407 Proxy Authentication Required`.
  return new ProxyRefusal(Number(/: HTTP\/\d\.\d (\d{3})/.exec(error.message)?.[1] ?? 502))
}
