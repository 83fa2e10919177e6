import { type NamingRules, type TagRecord, textLength } from '../../contract/index.ts'
import type { FederatedVersion } from '../records.ts'
import { originTag, toOriginTags } from '../registry/origin-tags.ts'
import { parseModelUri } from '../resolve/model-uri.ts'
import { takesTag } from '../write/legal-texts.ts'
import { unsupported, type WritableRegistry } from '../write/writable.ts'

const mostOrigins = 31

/** By which a version is known in other registries. */
export function originUri({ registry, modelName, version }: FederatedVersion): string {
  return `models://${registry}/${modelName}/${version}`
}

/**
 * What the gateway notes of a copy, as far as the destination's rules let it.
 *
 * @param uri where it is from; `null` where its source says so.
 * @throws RegistryFailure UNSUPPORTED when the destination cannot hold that.
 */
export function ownTags(to: WritableRegistry, source: FederatedVersion, uri: string | null): TagRecord[] {
  const { digest, sizeBytes } = source
  const earlierOrigins = earlierOriginsOf(source, to.description.naming)
  const tags = toOriginTags({ uri, earlierOrigins, digest, sizeBytes }).filter((tag) => takesTag(to, tag))
  if (uri === null || tags.some(({ key }) => key === originTag)) return tags
  throw unsupported(
    to.session,
    `cannot keep where a copy from another registry is from: it takes no tag ${originTag}=${uri}`,
  )
}

/** What a copy of this version notes of the versions before it, the nearest first, as far as a tag can hold it. */
function earlierOriginsOf(source: FederatedVersion, naming: NamingRules): string[] {
  const longest = naming.tagValueMaxLength ?? Number.POSITIVE_INFINITY
  const parsed = source.source === null ? null : parseModelUri(source.source)
  if (!parsed || source.source === null) return []
  const nearest =
    parsed.registry === null
      ? `models://${source.registry}${source.source.slice('models:'.length)}`
      : source.source
  const origins = [nearest, ...source.earlierOrigins].slice(0, mostOrigins)
  while (origins.length > 0 && textLength(JSON.stringify(origins), naming.tagValueUnit) > longest)
    origins.pop()
  return origins
}
