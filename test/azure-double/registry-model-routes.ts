import { toContainerBody, toVersionBody } from './asset-body.ts'
import type { ContainerRecord, VersionRecord } from './asset-records.ts'
import { toContainerWire, toVersionWire } from './asset-wire.ts'
import { type AzureAnswer, inPath, type ScopedCall, writeContext } from './azure-call.ts'
import { serviceError } from './azure-error.ts'
import { startOperation, statusAddress, toAccepted, toRetryAfter } from './operation-routes.ts'

/** Writes to a registry: a new thing is `Creating` until its operation has ended, an old one is changed at once. */
export const putRegistryContainer = (call: ScopedCall): AzureAnswer => {
  const { created, record } = call.models.putContainer(
    inPath(call, 'model'),
    toContainerBody(call.body),
    writeContext(call),
  )
  if (!created) return { status: 200, body: toContainerWire(record, call) }
  const replace = (state: string) => replaceContainer(call, record, state)
  return creating(call, replace, () => toContainerWire(call.models.container(record.name) ?? record, call))
}

export const putRegistryVersion = (call: ScopedCall): AzureAnswer => {
  const { created, record } = call.models.putVersion(
    inPath(call, 'model'),
    inPath(call, 'version'),
    toVersionBody(call.body),
    writeContext(call),
  )
  if (call.plane === 'data') return acceptVersion(call, created, record)
  if (!created) return { status: 200, body: toVersionWire(record, call) }
  const replace = (state: string) => replaceVersion(call, record, state)
  return creating(call, replace, () =>
    toVersionWire(call.models.version(record.model, record.version) ?? record, call),
  )
}

const acceptVersion = (call: ScopedCall, created: boolean, record: VersionRecord): AzureAnswer => {
  const { model, version } = record
  const takeBack = (outcome: string) => {
    if (created && outcome !== 'Succeeded') call.models.deleteVersion(model, version, call.switches.listLag)
  }
  return toAccepted(call, startOperation(call, takeBack, assetIdOf(call, record)))
}

const assetIdOf = ({ scope }: ScopedCall, { model, version }: VersionRecord): object => ({
  assetId: `azureml://registries/${scope.name}/models/${model}/versions/${version}`,
})

const creating = (call: ScopedCall, replace: (state: string) => void, toBody: () => object): AzureAnswer => {
  replace('Creating')
  const operation = startOperation(call, replace)
  return {
    status: 201,
    headers: {
      'Azure-AsyncOperation': statusAddress(call, operation),
      'x-ms-async-operation-timeout': 'PT1H',
      Location: call.url.href,
      ...toRetryAfter(call.switches.longRunning.retryAfterCreation),
    },
    body: toBody(),
  }
}

const replaceContainer = (
  { models, switches }: ScopedCall,
  { name }: ContainerRecord,
  state: string,
): void => {
  const now = models.container(name)
  if (now !== undefined) models.replaceContainer({ ...now, provisioningState: state }, switches.listLag)
}

const replaceVersion = (
  { models, switches }: ScopedCall,
  { model, version }: VersionRecord,
  state: string,
): void => {
  const now = models.version(model, version)
  if (now !== undefined) models.replaceVersion({ ...now, provisioningState: state }, switches.listLag)
}

export const deleteRegistryContainer = (call: ScopedCall): AzureAnswer => {
  const name = inPath(call, 'model')
  if (call.models.container(name) === undefined) return { status: 204 }
  return deleting(call, () => call.models.deleteContainer(name, call.switches.listLag))
}

export const deleteRegistryVersion = (call: ScopedCall): AzureAnswer => {
  const [name, version] = [inPath(call, 'model'), inPath(call, 'version')]
  if (call.models.version(name, version) === undefined) return { status: 204 }
  return deleting(call, () => call.models.deleteVersion(name, version, call.switches.listLag))
}

const deleting = (call: ScopedCall, remove: () => void): AzureAnswer =>
  toAccepted(
    call,
    startOperation(call, (outcome) => {
      if (outcome === 'Succeeded') remove()
    }),
  )

/** Beside ARM a missing version is told in other words. */
export const getDataPlaneVersion = (call: ScopedCall): AzureAnswer => {
  const [name, version] = [inPath(call, 'model'), inPath(call, 'version')]
  const record = call.models.version(name, version)
  if (record === undefined)
    throw serviceError(
      404,
      'UserError',
      `Could not find asset with ID: azureml://registries/${call.scope.name}/models/${name}/versions/${version}`,
      { inner: ['NotFoundError'] },
    )
  return { status: 200, body: toVersionWire(record, call) }
}
