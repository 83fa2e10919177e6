import type { AzureAnswer, AzureCall } from './azure-call.ts'
import { inPath } from './azure-call.ts'
import { region } from './operation-routes.ts'
import { scopeGuid } from './resource-scope.ts'

/** Where a registry is that nobody has used before. */
const nowhere = {
  kind: 'registries',
  subscription: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'registries',
  name: '',
} as const

/** Where a registry is, by its name alone. */
export const discoverRegistry = (call: AzureCall): AzureAnswer => {
  const { scope } = call.state.findRegistry(inPath(call, 'registry'), nowhere)
  return {
    status: 200,
    body: {
      registryId: scopeGuid(scope),
      registryName: scope.name,
      tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
      primaryRegion: region,
      regions: [region],
      subscriptionId: scope.subscription,
      resourceGroup: scope.resourceGroup,
      workspaceName: null,
      primaryRegionResourceProviderUri: `${call.url.origin}/`,
      registryFqdns: { [region]: { uri: call.url.origin } },
    },
  }
}
