import type { ModelRecord, ModelVersionRecord, TagRecord } from '../../contract/index.ts'
import type { Written, WrittenPlace } from '../../stores/done-write.ts'

/** Where something happened; `null`: it is about the whole. */
export function placeOf({
  kind,
  version,
  key,
}: Pick<Written, 'kind' | 'version' | 'key'>): WrittenPlace | null {
  if (kind.startsWith('ALIAS_')) return { version: null, what: 'alias', key }
  if (kind.startsWith('TAG_')) return { version, what: 'tag', key }
  if (kind === 'STAGE_CHANGED') return { version, what: 'stage', key: null }
  if (kind === 'MODEL_UPDATED' || kind === 'VERSION_UPDATED')
    return { version, what: 'description', key: null }
  return null
}

export function isAmong(place: WrittenPlace, places: readonly WrittenPlace[]): boolean {
  return places.some(
    ({ version, what, key }) =>
      what === place.what &&
      key === place.key &&
      (version === place.version || (what === 'stage' && version === null)),
  )
}

/** As if nothing were there: whoever writes there tells of it. */
export function withoutPlaces(model: ModelRecord, places: readonly WrittenPlace[]): ModelRecord {
  const has = (what: WrittenPlace['what'], key: string | null) =>
    isAmong({ version: null, what, key }, places)
  return {
    ...model,
    description: has('description', null) ? null : model.description,
    tags: withoutTags(model.tags, null, places),
    aliases: model.aliases.filter(({ name }) => !has('alias', name)),
  }
}

export function versionWithoutPlaces(
  record: ModelVersionRecord,
  places: readonly WrittenPlace[],
): ModelVersionRecord {
  const { version, description, tags } = record
  const isDescribed = isAmong({ version, what: 'description', key: null }, places)
  return {
    ...record,
    description: isDescribed ? null : description,
    tags: withoutTags(tags, version, places),
  }
}

function withoutTags(tags: readonly TagRecord[], version: string | null, places: readonly WrittenPlace[]) {
  return tags.filter(({ key }) => !isAmong({ version, what: 'tag', key }, places))
}
