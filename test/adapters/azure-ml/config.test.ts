import { describe, expect, it } from 'vitest'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { place } from './open-registry.ts'

const problems = (config: object) =>
  azureConfigSchema
    .safeParse(config)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

const credential =
  'auth: must be { token }, { tenantId, clientId, clientSecret }, or { clientId } of a user-assigned managed identity'

describe('the configuration', () => {
  it('needs no more than the names of the place', () => {
    expect(azureConfigSchema.parse(place)).toEqual({
      ...place,
      endpoint: 'https://management.azure.com',
      apiVersion: '2024-04-01',
      auth: 'default',
      connections: 8,
      keepAliveMs: 4000,
      stages: {
        encoding: 'value',
        tag: 'stage',
        names: ['None', 'Staging', 'Production', 'Archived'],
        exclusive: ['Production'],
      },
    })
  })

  it.each([
    [
      { workspace: undefined },
      'workspace: is missing; give it, or registry for a registry of the organisation',
    ],
    [{ registry: 'org' }, 'workspace: cannot stand beside registry; take out one of them'],
    [
      { subscriptionId: 'mine' },
      'subscriptionId: must be the id of a subscription, such as 00000000-0000-0000-0000-000000000000',
    ],
    [{ resourceGroup: 'a/b' }, 'resourceGroup: is not the name of a resource group'],
    [{ workspace: 'a.b' }, 'workspace: must have 2 to 33 letters, digits, "_" and "-"'],
    [
      { endpoint: 'management.azure.com' },
      'endpoint: is not a URL; write for example https://management.azure.com',
    ],
    [{ endpoint: 'http://management.azure.com' }, 'endpoint: must begin with https://'],
    [{ endpoint: 'ftp://management.azure.com' }, 'endpoint: must be an https URL'],
    [
      { authorityHost: 'https://login.example?x=1' },
      'authorityHost: must be a plain address, without @, ? and #',
    ],
    [{ apiVersion: 'latest' }, 'apiVersion: must be an api-version such as 2024-04-01'],
    [{ auth: {} }, credential],
    [{ auth: { tenantId: 't', clientId: 'c' } }, credential],
    [{ auth: { clientId: 'c', clientSecret: 's' } }, credential],
    [{ auth: { token: 't', clientId: 'c' } }, credential],
    [{ auth: { tenantId: 't', clientSecret: 's' } }, credential],
  ])('with %j says which setting to change', (change, problem) => {
    expect(problems({ ...place, ...change })).toEqual([problem])
  })

  it.each([
    [{ token: 't' }],
    [{ clientId: 'c' }],
    [{ tenantId: 't', clientId: 'c', clientSecret: 's' }],
    ['default'],
    ['managedIdentity'],
    ['workloadIdentity'],
  ])('takes the credential %j', (auth) => {
    expect(azureConfigSchema.parse({ ...place, auth }).auth).toEqual(auth)
  })

  it('takes http from this machine only, for tries', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(problems({ ...place, endpoint: `http://${host}:1234` })).toBeUndefined()
    }
  })
})
