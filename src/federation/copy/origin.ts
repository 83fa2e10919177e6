import type { FederatedVersion } from '../records.ts'
import { parseModelUri } from '../resolve/model-uri.ts'

const mostOrigins = 31

/** By which a version is known in other registries. */
export function originUri({ registry, modelName, version }: FederatedVersion): string {
  return `models://${registry}/${modelName}/${version}`
}

/** What a copy of this version notes of the versions before it, the nearest first, as far as a tag can hold it. */
export function earlierOriginsOf(source: FederatedVersion, longestTag: number | null): string[] {
  const parsed = source.source === null ? null : parseModelUri(source.source)
  if (!parsed || source.source === null) return []
  const nearest =
    parsed.registry === null
      ? `models://${source.registry}${source.source.slice('models:'.length)}`
      : source.source
  const origins = [nearest, ...source.earlierOrigins].slice(0, mostOrigins)
  while (origins.length > 0 && JSON.stringify(origins).length > (longestTag ?? Number.POSITIVE_INFINITY))
    origins.pop()
  return origins
}
