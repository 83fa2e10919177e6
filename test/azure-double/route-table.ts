import type { Since } from './api-version.ts'
import type { AzureAnswer, AzureCall, ScopedCall } from './azure-call.ts'
import { putTemporaryDataReference, startPendingUpload } from './blob-routes.ts'
import { getOperationResult, getOperationStatus } from './operation-routes.ts'
import { discoverRegistry } from './registry-discovery.ts'
import * as registry from './registry-model-routes.ts'
import { importVersion, publishVersion } from './share-routes.ts'
import * as models from './workspace-model-routes.ts'
import * as workspace from './workspace-routes.ts'

export interface ScopedRoute {
  method: string
  /** Below the workspace or registry. */
  pattern: string
  since: Since
  answer: (call: ScopedCall) => AzureAnswer
}

const always: Since = { stable: '2022-05-01', preview: '2022-01-01-preview' }
const registries: Since = { stable: '2023-04-01', preview: '2022-10-01-preview' }
const publishing: Since = { stable: '2023-10-01', preview: '2024-04-01-preview' }

const containers = 'models'
const container = 'models/{model}'
const versions = 'models/{model}/versions'
const version = 'models/{model}/versions/{version}'

type Row = [method: string, pattern: string, answer: (call: ScopedCall) => AzureAnswer]
const withSince = (since: Since, rows: Row[]): ScopedRoute[] =>
  rows.map(([method, pattern, answer]) => ({ method, pattern, since, answer }))

const modelReads: Row[] = [
  ['GET', containers, models.listContainers],
  ['GET', container, models.getContainer],
  ['GET', versions, models.listVersions],
]

export const workspaceRoutes: readonly ScopedRoute[] = [
  ...withSince(always, [
    ['GET', '', workspace.getWorkspace],
    ...modelReads,
    ['PUT', container, models.putContainer],
    ['DELETE', container, models.deleteContainer],
    ['GET', version, models.getVersion],
    ['PUT', version, models.putVersion],
    ['DELETE', version, models.deleteVersion],
    ['GET', 'datastores', workspace.listDatastores],
    ['GET', 'datastores/{datastore}', workspace.getDatastore],
    ['POST', 'datastores/{datastore}/listSecrets', workspace.listDatastoreSecrets],
    ['GET', 'jobs/{job}', workspace.getJob],
    ['PUT', 'jobs/{job}', workspace.putJob],
  ]),
  ...withSince(publishing, [['POST', `${version}/publish`, publishVersion]]),
]

const registryWrites: Row[] = [
  ['PUT', container, registry.putRegistryContainer],
  ['PUT', version, registry.putRegistryVersion],
]

export const registryRoutes: readonly ScopedRoute[] = withSince(registries, [
  ['GET', '', workspace.getRegistry],
  ...modelReads,
  ...registryWrites,
  ['DELETE', container, registry.deleteRegistryContainer],
  ['GET', version, models.getVersion],
  ['DELETE', version, registry.deleteRegistryVersion],
  ['POST', `${version}/startPendingUpload`, startPendingUpload],
])

/** What azure-ai-ml calls at registries, past ARM. */
export const dataPlaneRoutes: readonly ScopedRoute[] = withSince(always, [
  ...modelReads,
  ...registryWrites,
  ['GET', version, registry.getDataPlaneVersion],
  ['PUT', 'tempdatarefs/{model}/versions/{version}', putTemporaryDataReference],
  ['POST', 'import', importVersion],
])

interface OpenRoute {
  method: string
  pattern: string
  answer: (call: AzureCall) => AzureAnswer
}

const location =
  'subscriptions/{subscription}/providers/Microsoft.MachineLearningServices/locations/{location}'

/** What belongs to no workspace and no registry. */
export const globalRoutes: Record<'arm' | 'data', readonly OpenRoute[]> = {
  arm: [
    { method: 'GET', pattern: `${location}/mfeOperationsStatus/{operation}`, answer: getOperationStatus },
    { method: 'GET', pattern: `${location}/mfeOperationResults/{operation}`, answer: getOperationResult },
  ],
  data: [
    { method: 'GET', pattern: 'assetstore/v1.0/operations/{operation}', answer: getOperationResult },
    {
      method: 'GET',
      pattern: 'registrymanagement/v1.0/registries/{registry}/discovery',
      answer: discoverRegistry,
    },
  ],
}
