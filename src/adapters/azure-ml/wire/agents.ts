import { type ClientRequest, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { tlsOptions } from '../../http/credentials.ts'
import { markStale } from '../../http/stale-connection.ts'
import type { AzureConfig } from '../config.ts'

/**
 * Connections of our own, as those of the pipeline are kept for as long as the other side likes, and over http also for
 * requests that want a fresh one. Where a proxy is in between, that one has its own.
 */
export function agentPolicy({ tls, keepAliveMs }: AzureConfig): PipelinePolicy {
  const kept = { keepAlive: true, timeout: keepAliveMs }
  const agents = {
    'http:': { kept: watchReuse(new HttpAgent(kept)), fresh: new HttpAgent({ keepAlive: false }) },
    'https:': {
      kept: watchReuse(new HttpsAgent({ ...kept, ...tlsOptions(tls) })),
      fresh: new HttpsAgent({ keepAlive: false, ...tlsOptions(tls) }),
    },
  }
  return {
    name: 'modelgateAgentPolicy',
    sendRequest(request, next) {
      const { kept, fresh } = agents[new URL(request.url).protocol === 'http:' ? 'http:' : 'https:']
      request.agent ??= request.disableKeepAlive ? fresh : kept
      return next(request)
    },
  }
}

/** What ends a request over a connection that has served before is marked, before anybody else sees it. */
function watchReuse<Agent extends HttpAgent>(agent: Agent): Agent {
  const reuse = agent.reuseSocket.bind(agent)
  agent.reuseSocket = (socket: Socket, request: ClientRequest) => {
    request.prependOnceListener('error', markStale)
    reuse(socket, request)
  }
  return agent
}
