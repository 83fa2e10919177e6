import type { ModelRecord, ModelVersionRecord, TagRecord } from '../../contract/index.ts'
import type { Happening } from '../../stores/done-write.ts'

/**
 * What became of a model between two looks at it; its versions are not in it. Of what a new one has its aliases alone are
 * told, as by them is found who held them when.
 */
export function differencesOfModel(before: ModelRecord | null, after: ModelRecord | null): Happening[] {
  const model = (after ?? before)?.name ?? ''
  const of = { model, version: null }
  if (before === null && after !== null) {
    const made: Happening = { ...of, kind: 'MODEL_CREATED', key: null, before: null, after: model }
    return [made, ...differencesOfAliases({ ...after, aliases: [] }, after)]
  }
  if (before === null) return []
  if (after === null) return [{ ...of, kind: 'MODEL_DELETED', key: null, before: model, after: null }]
  return [
    ...differenceOfText('MODEL_UPDATED', of, 'description', before.description, after.description),
    ...differencesOfTags(of, before.tags, after.tags),
    ...differencesOfAliases(before, after),
  ]
}

/** What became of a version. What belongs to it when it is new, or gone, is no difference of its own. */
export function differencesOfVersion(
  before: ModelVersionRecord | null,
  after: ModelVersionRecord | null,
): Happening[] {
  const { modelName: model = '', version = '' } = after ?? before ?? {}
  const of = { model, version }
  if (before === null) return [{ ...of, kind: 'VERSION_CREATED', key: null, before: null, after: version }]
  if (after === null) return [{ ...of, kind: 'VERSION_DELETED', key: null, before: version, after: null }]
  return [
    ...differenceOfText('VERSION_UPDATED', of, 'description', before.description, after.description),
    ...differencesOfTags(of, before.tags, after.tags),
    ...differenceOfText('STAGE_CHANGED', of, null, before.stage, after.stage),
    ...differenceOfText('VERSION_STATUS_CHANGED', of, null, before.status, after.status),
  ]
}

/** Of what was taken in unseen: it may have been made with what it has now, where nothing was known of it. */
export function differencesOfUnseen(differences: readonly Happening[]): Happening[] {
  return differences.filter(
    ({ kind, before }) => kind.startsWith('ALIAS_') || (before !== null && kind !== 'VERSION_STATUS_CHANGED'),
  )
}

type Subject = Pick<Happening, 'model' | 'version'>

function differenceOfText(
  kind: Happening['kind'],
  of: Subject,
  key: string | null,
  before: string | null,
  after: string | null,
): Happening[] {
  return before === after ? [] : [{ ...of, kind, key, before, after }]
}

function differencesOfTags(
  of: Subject,
  before: readonly TagRecord[],
  after: readonly TagRecord[],
): Happening[] {
  const was = new Map(before.map(({ key, value }) => [key, value]))
  const is = new Map(after.map(({ key, value }) => [key, value]))
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort()
  return keys.flatMap((key) => {
    const now = is.get(key) ?? null
    return differenceOfText(now === null ? 'TAG_DELETED' : 'TAG_SET', of, key, was.get(key) ?? null, now)
  })
}

function differencesOfAliases({ name: model, ...before }: ModelRecord, after: ModelRecord): Happening[] {
  const was = new Map(before.aliases.map(({ name, version }) => [name, version]))
  const is = new Map(after.aliases.map(({ name, version }) => [name, version]))
  const names = [...new Set([...was.keys(), ...is.keys()])].sort()
  return names.flatMap((name) => {
    const now = is.get(name) ?? null
    const of = { model, version: now }
    return differenceOfText(
      now === null ? 'ALIAS_DELETED' : 'ALIAS_SET',
      of,
      name,
      was.get(name) ?? null,
      now,
    )
  })
}
