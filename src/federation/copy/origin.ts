import { type NamingRules, type TagRecord, textLength, toVersionUri } from '../../contract/index.ts'
import { parseModelUri } from '../records/model-uri.ts'
import { type NotedOrigin, noteOf } from '../records/noted-origin.ts'
import { originTag, toOriginTags } from '../records/origin-tags.ts'
import type { FederatedVersion } from '../records/records.ts'
import { isSelector } from '../resolve/resolve-uri.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { takesTag } from '../write/legal-texts.ts'
import { unsupported, type WritableRegistry } from '../write/writable.ts'

const mostOrigins = 31

/** By which a version is known in other registries. */
export async function originUri(
  from: RegistrySession,
  { registry, modelName: model, version }: FederatedVersion,
): Promise<string> {
  const { stages } = await from.description()
  return toVersionUri({ registry, model, version }, (segment) => isSelector(segment, stages))
}

/**
 * What the gateway notes of a copy, as far as the destination's rules let it.
 *
 * @param uri where it is from; `null` where its source says so.
 * @throws RegistryFailure UNSUPPORTED when the destination cannot hold that.
 */
export function ownTags(to: WritableRegistry, source: FederatedVersion, uri: string | null): TagRecord[] {
  const { digest, sizeBytes } = source
  const { naming } = to.description
  const earlierOrigins = asLongAsFits(earlierOriginsOf(source), naming)
  const notes: NotedOrigin[] = [noteOf(source), ...source.notedOrigins].slice(0, mostOrigins + 1)
  const notedOrigins = asLongAsFits(notes, naming)
  const tags = toOriginTags({ uri, earlierOrigins, notedOrigins, digest, sizeBytes }).filter((tag) =>
    takesTag(to, tag),
  )
  if (uri === null || tags.some(({ key }) => key === originTag)) return tags
  throw unsupported(
    to.session,
    `cannot keep where a copy from another registry is from: it takes no tag ${originTag}=${uri}`,
  )
}

/** What a copy of this version notes of the versions before it, the nearest first. */
function earlierOriginsOf(source: FederatedVersion): string[] {
  const parsed = source.source === null ? null : parseModelUri(source.source)
  if (!parsed || source.source === null) return []
  const nearest =
    parsed.registry === null
      ? `models://${source.registry}${source.source.slice('models:'.length)}`
      : source.source
  return [nearest, ...source.earlierOrigins].slice(0, mostOrigins)
}

/** As many of a list as a tag can hold. */
function asLongAsFits<T>(list: readonly T[], { tagValueMaxLength, tagValueUnit }: NamingRules): T[] {
  const fitting = [...list]
  const longest = tagValueMaxLength ?? Number.POSITIVE_INFINITY
  while (fitting.length > 0 && textLength(JSON.stringify(fitting), tagValueUnit) > longest) fitting.pop()
  return fitting
}
