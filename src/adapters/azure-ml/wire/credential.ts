import type { TokenCredential } from '@azure/core-auth'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { tlsOptions } from '../../http/credentials.ts'
import type { AzureConfig } from '../config.ts'
import { agentPolicy, findAzureProxy } from './agents.ts'
import { AuthorityProxy } from './authority-proxy.ts'
import { toCloud } from './cloud.ts'

/** `null`: the configuration holds the token itself, and there is no other. */
export async function openCredential(config: AzureConfig): Promise<TokenCredential | null> {
  const { auth } = config
  if (typeof auth === 'object' && auth.token !== undefined) return null
  const proxy = new AuthorityProxy()
  return proxy.watch(await open(config, [agentPolicy(config), proxy.policy]))
}

async function open(config: AzureConfig, policies: readonly PipelinePolicy[]): Promise<TokenCredential> {
  const { auth, tls } = config
  // Half of the weight of this adapter, which a token does without.
  const identity = await import('@azure/identity')
  const { authorityHost, isPublic } = toCloud(config)
  // The library would fail on an address that is none without a word of what to correct.
  findAzureProxy(new URL(authorityHost))
  const options = {
    authorityHost,
    // The caller has a deadline, and the gateway the retries.
    retryOptions: { maxRetries: 0 },
    // Managed identities have policies of their own instead.
    ...(tls === undefined ? {} : { tlsOptions: tlsOptions(tls) }),
    additionalPolicies: policies.map((policy) => ({ policy, position: 'perRetry' as const })),
    ...(isPublic ? {} : { disableInstanceDiscovery: true }),
  }
  if (auth === 'managedIdentity') return new identity.ManagedIdentityCredential(options)
  if (auth === 'workloadIdentity') return new identity.WorkloadIdentityCredential(options)
  if (auth === 'default') return new identity.DefaultAzureCredential(options)
  const { tenantId, clientId = '', clientSecret } = auth
  if (tenantId === undefined || clientSecret === undefined) {
    return new identity.ManagedIdentityCredential(clientId, options)
  }
  return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, options)
}
