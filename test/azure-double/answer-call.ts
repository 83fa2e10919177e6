import { checkApiVersion, dataPlaneVersion } from './api-version.ts'
import type { AzureAnswer, AzureCall, Plane, ScopedCall } from './azure-call.ts'
import { gatewayError, serviceError } from './azure-error.ts'
import { changeConcurrently } from './change-concurrently.ts'
import { matchPath } from './path-pattern.ts'
import { provider, type ResourceScope } from './resource-scope.ts'
import {
  dataPlaneRoutes,
  globalRoutes,
  registryRoutes,
  type ScopedRoute,
  workspaceRoutes,
} from './route-table.ts'

const dataPlanePrefix = '/mferp/managementfrontend'
const dataPlanePaths = /^\/(?:mferp\/managementfrontend|assetstore|registrymanagement)\//

export const planeOf = (pathname: string): Plane => (dataPlanePaths.test(pathname) ? 'data' : 'arm')

const scopedPath =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.MachineLearningServices\/(workspaces|registries)\/([^/]+)(?:\/(.*))?$/i

type NewCall = Omit<AzureCall, 'path' | 'apiVersion'>

/** Finds the route and takes it. */
export const answerCall = (call: NewCall): AzureAnswer => {
  const pathname = call.url.pathname.replace(/\/$/, '')
  const scoped = scopedPath.exec(call.plane === 'data' ? pathname.replace(dataPlanePrefix, '') : pathname)
  if (scoped === null) return answerGlobally(call, pathname.slice(1))
  const [subscription = '', resourceGroup = '', kind = '', name = ''] = scoped
    .slice(1)
    .map(decodeURIComponent)
  const scope: ResourceScope = {
    kind: kind.toLowerCase() === 'workspaces' ? 'workspaces' : 'registries',
    subscription,
    resourceGroup,
    name,
  }
  return answerInScope(call, scope, scoped[5] ?? '')
}

const answerGlobally = (call: NewCall, path: string): AzureAnswer => {
  for (const route of globalRoutes[call.plane]) {
    const values = route.method === call.method ? matchPath(route.pattern, path) : undefined
    if (values === undefined) continue
    const apiVersion = call.url.searchParams.get('api-version') ?? dataPlaneVersion
    return route.answer({ ...call, path: values, apiVersion })
  }
  throw gatewayError(404, 'InvalidResourceType', `No resource type could be found at '/${path}'.`)
}

const answerInScope = (call: NewCall, scope: ResourceScope, rest: string): AzureAnswer => {
  const { route, path } = findRoute(call, scope, rest)
  checkPresence(call, scope)
  const asked = call.url.searchParams.get('api-version')
  const type = `${scope.kind}/${rest.split('/')[0] ?? ''}`
  const apiVersion =
    call.plane === 'data' && asked === dataPlaneVersion ? asked : checkApiVersion(asked, route.since, type)
  // Beside ARM the name alone decides: azure-ai-ml even sends a workspace's resource group with it.
  const known = call.plane === 'data' ? call.state.findRegistry(scope.name, scope) : call.state.open(scope)
  const scopedCall: ScopedCall = { ...call, path, apiVersion, scope: known.scope, models: known.models }
  if (call.method !== 'GET') changeConcurrently('beforeWrite', scopedCall)
  const answer = route.answer(scopedCall)
  if (call.method === 'GET') changeConcurrently('afterRead', scopedCall)
  return answer
}

const routesOf = (plane: Plane, { kind }: ResourceScope): readonly ScopedRoute[] => {
  if (plane === 'data') return dataPlaneRoutes
  return kind === 'workspaces' ? workspaceRoutes : registryRoutes
}

const findRoute = (call: NewCall, scope: ResourceScope, rest: string) => {
  const matching = routesOf(call.plane, scope).flatMap((route) => {
    const path = matchPath(route.pattern, rest)
    return path === undefined ? [] : [{ route, path }]
  })
  const found = matching.find(({ route }) => route.method === call.method)
  if (found !== undefined) return found
  if (matching.length > 0)
    throw serviceError(
      405,
      'UserError',
      `The requested resource does not support http method '${call.method}'.`,
    )
  throw gatewayError(
    404,
    'InvalidResourceType',
    `The resource type could not be found in the namespace '${provider}': ${scope.kind}/${rest}.`,
  )
}

const checkPresence = (
  { switches }: NewCall,
  { kind, subscription, resourceGroup, name }: ResourceScope,
): void => {
  const { missing, deniedRegistries } = switches
  if (missing.subscriptions.includes(subscription))
    throw gatewayError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`)
  if (missing.resourceGroups.includes(resourceGroup))
    throw gatewayError(404, 'ResourceGroupNotFound', `Resource group '${resourceGroup}' could not be found.`)
  if (missing.scopes.includes(name))
    throw gatewayError(
      404,
      'ResourceNotFound',
      `The Resource '${provider}/${kind}/${name}' under resource group '${resourceGroup}' was not found.`,
      { headers: { 'x-ms-failure-cause': 'gateway' } },
    )
  if (kind === 'registries' && deniedRegistries.includes(name))
    throw serviceError(401, 'UserError', `User/tenant/subscription is not allowed to access registry ${name}`)
}
