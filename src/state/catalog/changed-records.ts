import type { ModelRecord, ModelVersionRecord, TagRecord } from '../../contract/index.ts'
import type { Written } from '../../stores/done-write.ts'
import { keepableModel, keepableVersion } from './keepable.ts'

/** As it was, with what was written; times and the like as they were read back. */
export function changedModel(
  before: ModelRecord,
  written: readonly Written[],
  read: ModelRecord | null,
): ModelRecord {
  const own = written.filter(({ version, kind }) => version === null || kind.startsWith('ALIAS_'))
  const description = own.find(({ kind }) => kind === 'MODEL_UPDATED')
  const aliases = new Map(before.aliases.map(({ name, version }) => [name, version]))
  for (const { kind, key, after } of own) {
    if (kind === 'ALIAS_SET' && key !== null && after !== null) aliases.set(key, after)
    if (kind === 'ALIAS_DELETED' && key !== null) aliases.delete(key)
  }
  return keepableModel({
    ...before,
    ...(read && { createdAt: read.createdAt, updatedAt: read.updatedAt, archived: read.archived }),
    description: description ? description.after : before.description,
    tags: changedTags(before.tags, own),
    aliases: [...aliases].map(([name, version]) => ({ name, version })),
  }) as ModelRecord
}

export function changedVersion(
  before: ModelVersionRecord,
  written: readonly Written[],
  read: ModelVersionRecord | null,
): ModelVersionRecord {
  const own = written.filter(({ version, kind }) => version === before.version && !kind.startsWith('ALIAS_'))
  const description = own.find(({ kind }) => kind === 'VERSION_UPDATED')
  const stage = own.find(({ kind }) => kind === 'STAGE_CHANGED')
  const isAsRead = read !== null && stage !== undefined && read.stage === stage.after
  return keepableVersion({
    ...before,
    ...(read && { updatedAt: read.updatedAt }),
    description: description ? description.after : before.description,
    tags: changedTags(before.tags, own),
    stage: stage ? stage.after : before.stage,
    archived: isAsRead ? read.archived : before.archived,
  }) as ModelVersionRecord
}

function changedTags(before: readonly TagRecord[], written: readonly Written[]): TagRecord[] {
  const tags = new Map(before.map(({ key, value }) => [key, value]))
  for (const { kind, key, after } of written) {
    if (kind === 'TAG_SET' && key !== null && after !== null) tags.set(key, after)
    if (kind === 'TAG_DELETED' && key !== null) tags.delete(key)
  }
  return [...tags].map(([key, value]) => ({ key, value }))
}

/** Without what was written, so that only what others have done is noticed. */
export function asBefore(read: ModelRecord, written: readonly Written[]): ModelRecord {
  const undone = written.map(
    (happening): Written => ({ ...happening, after: happening.before ?? null, kind: undoing(happening) }),
  )
  return changedModel(read, undone, null)
}

/** Likewise of a version. */
export function asVersionBefore(read: ModelVersionRecord, written: readonly Written[]): ModelVersionRecord {
  const own = written.filter(({ version, kind }) => version === read.version && !kind.startsWith('ALIAS_'))
  const description = own.find(({ kind }) => kind === 'VERSION_UPDATED')
  const stage = own.find(({ kind }) => kind === 'STAGE_CHANGED')
  const keys = own.filter(({ kind }) => kind.startsWith('TAG_')).map(({ key }) => key)
  return {
    ...read,
    description: description ? (description.before ?? null) : read.description,
    tags: read.tags.filter(({ key }) => !keys.includes(key)),
    stage: stage?.before === undefined ? read.stage : stage.before,
  }
}

function undoing({ kind, before }: Written): Written['kind'] {
  if (kind.startsWith('ALIAS_')) return before == null ? 'ALIAS_DELETED' : 'ALIAS_SET'
  if (kind.startsWith('TAG_')) return before == null ? 'TAG_DELETED' : 'TAG_SET'
  return kind
}
