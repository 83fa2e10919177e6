import type { TokenCredential } from '@azure/core-auth'
import { tlsOptions } from '../../http/credentials.ts'
import type { AzureConfig } from '../config.ts'
import { toCloud } from './cloud.ts'

/** `null`: the configuration holds the token itself, and there is no other. */
export async function openCredential(config: AzureConfig): Promise<TokenCredential | null> {
  const { auth, tls } = config
  if (typeof auth === 'object' && auth.token !== undefined) return null
  // Half of the weight of this adapter, which a token does without.
  const identity = await import('@azure/identity')
  const { authorityHost, isPublic } = toCloud(config)
  const options = {
    authorityHost,
    // The caller has a deadline, and the gateway the retries.
    retryOptions: { maxRetries: 0 },
    ...(isPublic ? {} : { disableInstanceDiscovery: true }),
    ...(tls === undefined ? {} : { tlsOptions: tlsOptions(tls) }),
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
