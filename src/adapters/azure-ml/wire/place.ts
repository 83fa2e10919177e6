import type { VersionKey } from '../../../contract/index.ts'
import type { AzureConfig } from '../config.ts'

/** What owns models: a workspace, or a registry of the organisation. */
export interface Place {
  readonly kind: 'workspaces' | 'registries'
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly name: string
}

export function toPlace({ subscriptionId, resourceGroup, workspace, registry }: AzureConfig): Place {
  return workspace === undefined
    ? { kind: 'registries', subscriptionId, resourceGroup, name: registry ?? '' }
    : { kind: 'workspaces', subscriptionId, resourceGroup, name: workspace }
}

export function placePath({ kind, subscriptionId, resourceGroup, name }: Place): string {
  const [subscription, group, own] = [subscriptionId, resourceGroup, name].map(encodeURIComponent)
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.MachineLearningServices/${kind}/${own}`
}

/** Where an asset is: its path is its collection's and its name. */
export interface AssetPath {
  readonly collection: string
  readonly name: string
}

export function modelPath(place: Place, name: string): AssetPath {
  return { collection: `${placePath(place)}/models`, name }
}

export function versionPath(place: Place, { model, version }: VersionKey): AssetPath {
  return { collection: versionsPath(place, model), name: version }
}

export function versionsPath(place: Place, model: string): string {
  return `${toPath(modelPath(place, model))}/versions`
}

export function jobPath(place: Place, name: string): AssetPath {
  return { collection: `${placePath(place)}/jobs`, name }
}

export function toPath({ collection, name }: AssetPath): string {
  return `${collection}/${encodeURIComponent(name)}`
}

const modelName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/

export function isPossibleModel(name: string): boolean {
  return modelName.test(name)
}

/** Azure has no rule for versions; these would not arrive as they are. */
export function isPossibleVersion({ model, version }: VersionKey): boolean {
  return isPossibleModel(model) && /^(?!\.{1,2}$)[^\p{Cc}\p{Cs}/\\]{1,255}$/u.test(version)
}
