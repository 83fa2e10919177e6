import { toContainerBody, toVersionBody } from './asset-body.ts'
import { toContainerWire, toVersionWire } from './asset-wire.ts'
import { type AzureAnswer, inPath, type ScopedCall, writeContext } from './azure-call.ts'
import { notFound } from './azure-error.ts'
import { toListPage } from './list-page.ts'
import { enforcePolicies } from './policy.ts'
import { provider } from './resource-scope.ts'
import { toVersionFilter } from './version-filter.ts'

const modelOf = (call: ScopedCall): string => inPath(call, 'model')
const versionOf = (call: ScopedCall): string => inPath(call, 'version')

export const listContainers = (call: ScopedCall): AzureAnswer => ({
  status: 200,
  body: toListPage(call, call.models.listContainers(), {
    defaultOrder: 'asc',
    keeps: () => true,
    toWire: (row) => toContainerWire(row, call),
  }),
})

export const getContainer = (call: ScopedCall): AzureAnswer => {
  const record = call.models.container(modelOf(call))
  if (record === undefined) throw containerNotFound(modelOf(call))
  return { status: 200, body: toContainerWire(record, call) }
}

export const putContainer = (call: ScopedCall): AzureAnswer => {
  const body = toContainerBody(call.body)
  enforce(call, 'models', modelOf(call), body)
  const { created, record } = call.models.putContainer(modelOf(call), body, writeContext(call))
  return written(call, created, toContainerWire(record, call))
}

export const deleteContainer = (call: ScopedCall): AzureAnswer => ({
  status: call.models.deleteContainer(modelOf(call), call.switches.listLag) ? 200 : 204,
})

export const listVersions = (call: ScopedCall): AzureAnswer => {
  const { versionsOfMissingModel, archivedContainerHidesVersions } = call.switches.unproven
  const container = call.models.container(modelOf(call))
  if (container === undefined && versionsOfMissingModel === 'notFound') throw containerNotFound(modelOf(call))
  const isHidden = container?.isArchived === true && archivedContainerHidesVersions
  return {
    status: 200,
    body: toListPage(call, isHidden ? [] : call.models.listVersions(modelOf(call)), {
      defaultOrder: 'desc',
      keeps: toVersionFilter(call),
      toWire: (row) => toVersionWire(row, call),
    }),
  }
}

export const getVersion = (call: ScopedCall): AzureAnswer => {
  const record = call.models.version(modelOf(call), versionOf(call))
  if (record === undefined) throw versionNotFound(call)
  return { status: 200, body: toVersionWire(record, call) }
}

export const putVersion = (call: ScopedCall): AzureAnswer => {
  const body = toVersionBody(call.body)
  enforce(call, 'models/versions', versionOf(call), { ...body, path: body.modelUri })
  const { created, record } = call.models.putVersion(modelOf(call), versionOf(call), body, writeContext(call))
  return written(call, created, toVersionWire(record, call))
}

export const deleteVersion = (call: ScopedCall): AzureAnswer => ({
  status: call.models.deleteVersion(modelOf(call), versionOf(call), call.switches.listLag) ? 200 : 204,
})

const written = ({ url }: ScopedCall, created: boolean, body: object): AzureAnswer =>
  created ? { status: 201, headers: { Location: url.href }, body } : { status: 200, body }

const enforce = (call: ScopedCall, type: string, name: string, properties: object): void =>
  enforcePolicies(call.switches.policies, {
    subscription: call.scope.subscription,
    resourceGroup: call.scope.resourceGroup,
    type: `${provider}/${call.scope.kind}/${type}`,
    name,
    properties: { ...properties },
  })

const containerNotFound = (name: string) =>
  notFound({ code: 'ModelNotFound', message: `Model container with name: ${name} not found.` })

export const versionNotFound = (call: ScopedCall) => {
  const { subscription, resourceGroup, name } = call.scope
  return notFound({
    code: 'NoSuchModelRegistered',
    message:
      `There is no registered model in Account Subscription: ${subscription}, ResourceGroup: ${resourceGroup}, ` +
      `Workspace: ${name} with id ${modelOf(call)}:${versionOf(call)}`,
  })
}
