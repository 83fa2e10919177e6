import { azureAdapter } from '../../../src/adapters/azure-ml/adapter.ts'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import type { Adapter } from '../../../src/contract/index.ts'
import { silent } from '../counted-call.ts'

/** Where everything of these tests is. */
export const place = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'ml',
  workspace: 'fraud',
}

export const workspacePath = `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${place.workspace}`
export const registryPath = workspacePath.replace('/workspaces/fraud', '/registries/org')
/** Files of a workspace, by the address that Azure has for them. */
export const storage = `azureml://subscriptions/${place.subscriptionId}/resourceGroups/ml/workspaces/fraud/datastores/workspaceblobstore/paths`

export async function openAzure(endpoint: string, options: object = {}): Promise<Adapter> {
  const config = azureConfigSchema.parse({ ...place, endpoint, auth: { token: 'a-token' }, ...options })
  return azureAdapter.connect(config, { registry: 'azure', log: silent })
}

export function openOrganisation(endpoint: string, options: object = {}): Promise<Adapter> {
  return openAzure(endpoint, { workspace: undefined, registry: 'org', ...options })
}
