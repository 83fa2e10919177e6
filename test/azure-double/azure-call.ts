import type { DoubleState } from './double-state.ts'
import type { ModelStore, WriteContext } from './model-store.ts'
import type { Principal } from './principal.ts'
import type { ResourceScope } from './resource-scope.ts'
import type { AzureDoubleSwitches } from './switches.ts'

/** Through Resource Manager, or through the registries' own front end beside it. */
export type Plane = 'arm' | 'data'

/** One request, as a route sees it. */
export interface AzureCall {
  method: string
  /** With the origin that the client used, so that links lead back the same way. */
  url: URL
  body: string
  /** What stood in the path for the names of a pattern. */
  path: Record<string, string>
  apiVersion: string
  plane: Plane
  principal: Principal
  state: DoubleState
  switches: AzureDoubleSwitches
}

export interface ScopedCall extends AzureCall {
  scope: ResourceScope
  models: ModelStore
}

export interface AzureAnswer {
  status: number
  headers?: Record<string, string>
  /** Sent as JSON, also when it is null; without it the body is empty. */
  body?: unknown
}

export const inPath = (call: AzureCall, name: string): string => {
  const value = call.path[name]
  if (value === undefined) throw new Error(`the pattern of the route has no {${name}}`)
  return value
}

export const writeContext = ({ principal, switches }: AzureCall): WriteContext => ({
  by: principal,
  lag: switches.listLag,
  replicatesModelUris: switches.replicatesModelUris,
  omittedStage: switches.unproven.omittedStage,
})
