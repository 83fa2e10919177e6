import { isRecord, parseJson } from './asset-body.ts'
import { toSystemData } from './asset-wire.ts'
import { type AzureAnswer, inPath, type ScopedCall } from './azure-call.ts'
import { formatAzureTime } from './azure-clock.ts'
import { badArgument, serviceError } from './azure-error.ts'
import type { JobRecord } from './double-state.ts'
import { region } from './operation-routes.ts'
import { provider, scopeGuid, scopeId } from './resource-scope.ts'

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47'
/** When everything that was there before the first request was made. */
const birth = 16_632_000_000_000_000n

const origin = toSystemData({
  createdAt: birth,
  createdBy: { name: 'A User', type: 'User' },
  lastModifiedAt: birth,
  lastModifiedBy: { name: 'A User', type: 'User' },
})

const resource = ({ scope }: ScopedCall) => ({
  id: scopeId(scope),
  name: scope.name,
  type: `${provider}/${scope.kind}`,
  location: region,
  tags: {},
})

export const getWorkspace = (call: ScopedCall): AzureAnswer => ({
  status: 200,
  body: {
    ...resource(call),
    etag: null,
    properties: {
      friendlyName: call.scope.name,
      description: '',
      tenantId: tenant,
      provisioningState: 'Succeeded',
      workspaceId: scopeGuid(call.scope),
      publicNetworkAccess: 'Enabled',
      discoveryUrl: `${call.url.origin}/discovery`,
      mlFlowTrackingUri: `azureml://${call.url.host}/mlflow/v1.0${scopeId(call.scope)}`,
    },
    identity: { type: 'SystemAssigned', principalId: scopeGuid(call.scope), tenantId: tenant },
    sku: { name: 'Basic', tier: 'Basic' },
    systemData: origin,
  },
})

export const getRegistry = (call: ScopedCall): AzureAnswer => ({
  status: 200,
  body: {
    ...resource(call),
    identity: { type: 'SystemAssigned', principalId: scopeGuid(call.scope), tenantId: tenant },
    properties: {
      publicNetworkAccess: 'Enabled',
      discoveryUrl: `${call.url.origin}/registrymanagement/v1.0/registries/${call.scope.name}/discovery`,
      mlFlowRegistryUri: `azureml://${call.url.host}/mlflow/v1.0${scopeId(call.scope)}`,
      intellectualPropertyPublisher: null,
      regionDetails: [{ location: region, storageAccountDetails: [], acrDetails: [] }],
    },
    systemData: origin,
  },
})

const datastores = ['workspaceblobstore', 'workspaceartifactstore']

const toDatastoreWire = ({ scope }: ScopedCall, name: string): object => ({
  id: `${scopeId(scope)}/datastores/${name}`,
  name,
  type: `${provider}/workspaces/datastores`,
  properties: {
    description: null,
    tags: null,
    properties: null,
    isDefault: name === datastores[0],
    credentials: { credentialsType: 'AccountKey' },
    datastoreType: 'AzureBlob',
    accountName: 'double',
    containerName: `azureml-blobstore-${scopeGuid(scope)}`,
    endpoint: 'core.windows.net',
    protocol: 'https',
    serviceDataAccessAuthIdentity: 'WorkspaceSystemAssignedIdentity',
  },
  systemData: origin,
})

export const listDatastores = (call: ScopedCall): AzureAnswer => {
  const onlyDefault = call.url.searchParams.get('isDefault')?.toLowerCase() === 'true'
  const names = onlyDefault ? datastores.slice(0, 1) : datastores
  return { status: 200, body: { value: names.map((name) => toDatastoreWire(call, name)) } }
}

export const getDatastore = (call: ScopedCall): AzureAnswer => ({
  status: 200,
  body: toDatastoreWire(call, knownDatastore(call)),
})

export const listDatastoreSecrets = (call: ScopedCall): AzureAnswer => {
  knownDatastore(call)
  return { status: 200, body: { secretsType: 'AccountKey', key: 'b25seSBmb3IgdGVzdHM=' } }
}

const knownDatastore = (call: ScopedCall): string => {
  const name = inPath(call, 'datastore')
  if (datastores.includes(name)) return name
  throw serviceError(404, 'UserError', `Unable to find Datastore with name: ${name}`)
}

export const getJob = (call: ScopedCall): AzureAnswer => {
  const id = inPath(call, 'job')
  const job = call.state.open(call.scope).jobs.get(id)
  if (job === undefined)
    throw serviceError(404, 'UserError', `The specified resource was not found: job ${id}.`)
  return { status: 200, body: toJobWire(call, id, job) }
}

/** The state of a job is what its body says: nothing runs here. */
export const putJob = (call: ScopedCall): AzureAnswer => {
  const body = parseJson(call.body)
  const properties = isRecord(body) ? body.properties : undefined
  if (!isRecord(properties) || typeof properties.jobType !== 'string')
    throw badArgument('The JobType field is required.')
  const { jobs } = call.state.open(call.scope)
  const id = inPath(call, 'job')
  const before = jobs.get(id)
  const createdAt = before?.createdAt ?? call.state.clock.now()
  const job: JobRecord = { properties, createdAt, createdBy: before?.createdBy ?? call.principal }
  jobs.set(id, job)
  return before === undefined
    ? { status: 201, headers: { Location: call.url.href }, body: toJobWire(call, id, job) }
    : { status: 200, body: toJobWire(call, id, job) }
}

const toJobWire = (
  { scope }: ScopedCall,
  id: string,
  { properties, createdAt, createdBy }: JobRecord,
): object => ({
  id: `${scopeId(scope)}/jobs/${id}`,
  name: id,
  type: `${provider}/workspaces/jobs`,
  properties: {
    description: null,
    tags: {},
    properties: {},
    displayName: id,
    status: 'Completed',
    experimentName: 'Default',
    services: { Studio: studio(scopeId(scope), id) },
    computeId: null,
    isArchived: false,
    identity: null,
    componentId: null,
    inputs: {},
    outputs: {},
    ...properties,
  },
  systemData: {
    createdAt: formatAzureTime(createdAt),
    createdBy: createdBy.name,
    createdByType: createdBy.type,
  },
})

const studio = (workspace: string, id: string): object => ({
  jobServiceType: 'Studio',
  port: null,
  endpoint: `https://ml.azure.com/runs/${id}?wsid=${workspace}`,
  status: null,
  errorMessage: null,
  properties: null,
})
