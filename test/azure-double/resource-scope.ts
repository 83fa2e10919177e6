import { createHash } from 'node:crypto'

/** What owns models: a workspace, or a registry for a whole organisation. */
export interface ResourceScope {
  kind: 'workspaces' | 'registries'
  subscription: string
  resourceGroup: string
  name: string
}

export const provider = 'Microsoft.MachineLearningServices'

export const scopeId = ({ kind, subscription, resourceGroup, name }: ResourceScope): string =>
  `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${provider}/${kind}/${name}`

/** ARM compares the names of subscriptions, groups, workspaces and registries without regard to case. */
export const scopeKey = (scope: ResourceScope): string => scopeId(scope).toLowerCase()

/** The same id for the same scope in every run: `properties.workspaceId`, which asset ids carry. */
export const scopeGuid = (scope: ResourceScope): string => {
  const hex = createHash('sha256').update(scopeKey(scope)).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
