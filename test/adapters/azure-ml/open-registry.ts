import { azureAdapter } from '../../../src/adapters/azure-ml/adapter.ts'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import type { Adapter, Call, Logger } from '../../../src/contract/index.ts'

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

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

export interface CountedCall extends Call {
  readonly requests: number
}

/** A call that counts what was sent for it. */
export function newCall(signal: AbortSignal = AbortSignal.timeout(20_000)): CountedCall {
  let requests = 0
  return {
    signal,
    deadline: Date.now() + 20_000,
    caller: null,
    log: silent,
    countRequest: () => {
      requests++
    },
    get requests() {
      return requests
    },
  }
}
