import * as z from 'zod'
import { connectionKeys } from '../http/connection-config.ts'
import { stagesSchema } from './stages-config.ts'

const isLoopback = (host: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(host)

/** Tokens for all of Azure go there, so nothing but TLS will do. */
const httpsUrl = z.string().superRefine((value, context) => {
  const problem = findUrlProblem(value)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

function findUrlProblem(value: string): string | null {
  if (!URL.canParse(value)) return 'is not a URL; write for example https://management.azure.com'
  const { protocol, hostname, username, search, hash } = new URL(value)
  if (protocol === 'http:' && !isLoopback(hostname)) return 'must begin with https://'
  if (protocol !== 'https:' && protocol !== 'http:') return 'must be an https URL'
  return username !== '' || search !== '' || hash !== ''
    ? 'must be a plain address, without @, ? and #'
    : null
}

const secret = z
  .string()
  .min(1)
  .regex(/^[\x21-\x7e]+$/, 'must not hold spaces or line breaks')
const id = z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'must be an id, of letters, digits and "-"')

/** Azure takes tokens for its own address alone, and callers bring such for the gateway. */
const forward = z
  .unknown()
  .refine(
    (value) => value === undefined,
    "is not to be had of Azure ML: a caller's token is for this gateway, and Azure takes none but for " +
      'management.azure.com; take it out, write how the gateway itself signs in, such as auth: managedIdentity, and say by permissions of the gateway who may do what',
  )
  .optional()
  .meta({ not: {} })

const ownCredential = z
  .strictObject({
    token: secret.optional().describe('A token that somebody else renews.'),
    tenantId: id.optional().describe('The tenant of an app registration.'),
    clientId: id.optional().describe('The app registration, or a user-assigned managed identity.'),
    clientSecret: secret
      .optional()
      .describe('Its secret; better an environment variable than the text itself.'),
    forward,
  })
  .refine(
    ({ forward, token, tenantId, clientId, clientSecret }) =>
      forward !== undefined ||
      (['100', '010', '011'].includes(
        [token, clientId, tenantId && clientSecret].map((key) => Number(key !== undefined)).join(''),
      ) &&
        (tenantId === undefined) === (clientSecret === undefined)),
    'must be { token }, { tenantId, clientId, clientSecret }, or { clientId } of a user-assigned managed identity',
  )

const auth = z
  .union([z.enum(['default', 'managedIdentity', 'workloadIdentity']), ownCredential])
  .default('default')
  .describe(
    'How the gateway gets its tokens: default (environment, workload or managed identity, Azure CLI, in this order), ' +
      'managedIdentity, workloadIdentity, { token }, { clientId } or { tenantId, clientId, clientSecret }.',
  )

const scopeName = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{1,32}$/, 'must have 2 to 33 letters, digits, "_" and "-"')

const ownKeys = z.strictObject({
  subscriptionId: z
    .guid('must be the id of a subscription, such as 00000000-0000-0000-0000-000000000000')
    .describe('The subscription that the workspace or registry is in.')
    .meta({ examples: ['00000000-0000-0000-0000-000000000000'] }),
  resourceGroup: z
    .string()
    .regex(/^[\p{L}\p{N}_().-]{1,90}$/u, 'is not the name of a resource group')
    .describe('The resource group that the workspace or registry is in.')
    .meta({ examples: ['ml'] }),
  workspace: scopeName.optional().describe('The workspace; or else give `registry`.'),
  registry: scopeName.optional().describe("An organisation's registry; or else give `workspace`."),
  endpoint: httpsUrl
    .default('https://management.azure.com')
    .describe('Where Azure Resource Manager answers; another one in sovereign clouds.'),
  authorityHost: httpsUrl
    .optional()
    .describe('Where tokens are given; left out, the one that goes with `endpoint`.'),
  scope: z
    .string()
    .min(1)
    .optional()
    .describe('What tokens are asked for; left out, the one that goes with `endpoint`.'),
  apiVersion: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'must be an api-version such as 2024-04-01')
    .default('2024-04-01')
    .describe('The api-version of every request. Registries need 2023-04-01, sharing 2023-10-01 or newer.'),
  auth,
  tls: connectionKeys.tls,
  connections: connectionKeys.connections,
  keepAliveMs: connectionKeys.keepAliveMs,
  stages: stagesSchema,
})

/** The keys of a registry with `adapter: azureml`. */
export const azureConfigSchema = ownKeys.superRefine(({ workspace, registry }, context) => {
  if ((workspace === undefined) !== (registry === undefined)) return
  const message =
    workspace === undefined
      ? 'is missing; give it, or registry for a registry of the organisation'
      : 'cannot stand beside registry; take out one of them'
  context.addIssue({ code: 'custom', path: ['workspace'], message })
})

export type AzureConfig = z.output<typeof azureConfigSchema>
export type AuthConfig = AzureConfig['auth']
