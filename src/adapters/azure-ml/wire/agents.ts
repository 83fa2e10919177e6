import { type ClientRequest, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { tlsOptions } from '../../http/credentials.ts'
import { findProxy } from '../../http/proxy.ts'
import { markStale } from '../../http/stale-connection.ts'
import type { AzureConfig } from '../config.ts'

interface Agents {
  readonly kept: HttpAgent
  readonly fresh: HttpAgent
}

/**
 * Connections of our own, as those of the pipeline are kept for as long as the other side likes, and over http also for
 * requests that want a fresh one; and what the pipeline knows of proxies forgets `tls`, and the names below one in
 * NO_PROXY.
 */
export function agentPolicy(config: AzureConfig): PipelinePolicy {
  const byOrigin = new Map<string, Agents>()
  return {
    name: 'modelgateAgentPolicy',
    sendRequest(request, next) {
      const url = new URL(request.url)
      const agents = byOrigin.get(url.origin) ?? openAgents(url, config)
      byOrigin.set(url.origin, agents)
      request.agent = request.disableKeepAlive ? agents.fresh : agents.kept
      return next(request)
    },
  }
}

/** The machine's own service for identities answers on the machine only, whatever the environment says. */
export function findAzureProxy(url: URL): URL | null {
  return url.hostname.startsWith('169.254.') ? null : findProxy(url, process.env)
}

function openAgents(url: URL, { tls, keepAliveMs }: AzureConfig): Agents {
  const proxy = findAzureProxy(url)
  const isPlain = url.protocol === 'http:'
  const way = proxy && { proxyEnv: { [isPlain ? 'HTTP_PROXY' : 'HTTPS_PROXY']: proxy.href } }
  const open = (options: object) =>
    isPlain
      ? new HttpAgent({ ...options, ...way })
      : new HttpsAgent({ ...options, ...tlsOptions(tls), ...way })
  return {
    kept: watchReuse(open({ keepAlive: true, timeout: keepAliveMs })),
    fresh: open({ keepAlive: false }),
  }
}

/** What ends a request over a connection that has served before is marked, before anybody else sees it. */
function watchReuse(agent: HttpAgent): HttpAgent {
  const reuse = agent.reuseSocket.bind(agent)
  agent.reuseSocket = (socket: Socket, request: ClientRequest) => {
    request.prependOnceListener('error', markStale)
    reuse(socket, request)
  }
  return agent
}
