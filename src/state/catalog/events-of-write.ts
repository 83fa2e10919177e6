import type { ModelVersionRecord } from '../../contract/index.ts'
import type { Happening, Written } from '../../stores/done-write.ts'
import type { CatalogPart } from './catalog-part.ts'
import type { NewEvent } from './event.ts'
import { isOfOneTime, type KnownModel, type KnownVersion, keyOf } from './known-rows.ts'

/** What the catalog had of it. */
export interface Known {
  readonly known: KnownModel | undefined
  readonly versions: ReadonlyMap<string, KnownVersion>
}

/** Tells of what a write has done, and of what others must have done before, as it found something else than was known. */
export function tellWrite(
  part: CatalogPart,
  {
    written,
    by,
  }: { readonly written: readonly Written[]; readonly by: Pick<NewEvent, 'actor' | 'requestId' | 'comment'> },
  known: Known,
  at: number,
): void {
  const { registry } = part
  for (const happening of written) {
    const before = happening.before === undefined ? lastKnown(happening, known) : happening.before
    const event = { ...happening, before }
    noticeWhatWasBefore(part, event, known, at)
    if (before === happening.after && happening.before === undefined) continue
    part.record({ ...event, registry, at, notBefore: null, certainty: 'RECORDED', ...by })
  }
}

/** Whether somebody else has told already what a write has done whose end is noted late. */
export function isTakenAlready(
  happening: Written,
  known: Known,
  read: {
    readonly model: { readonly createdAt: Date | null } | null | undefined
    readonly versions: readonly ModelVersionRecord[]
  },
): boolean {
  const { kind, model, version } = happening
  const row = known.versions.get(keyOf(model, version ?? ''))
  switch (kind) {
    case 'MODEL_CREATED':
      return known.known !== undefined && (read.model == null || isOfOneTime(known.known.record, read.model))
    case 'MODEL_DELETED':
    case 'MODEL_RENAMED':
      return known.known === undefined
    case 'VERSION_CREATED':
    case 'VERSION_COPIED':
      return row !== undefined
    case 'VERSION_DELETED':
      return row === undefined
    default:
      return lastKnown(happening, known) === happening.after
  }
}

/** What the catalog had at the place of the happening. */
export function lastKnown({ kind, model, version, key }: Written, { known, versions }: Known): string | null {
  const record = version === null ? null : versions.get(keyOf(model, version))?.record
  switch (kind) {
    case 'MODEL_UPDATED':
      return known?.record.description ?? null
    case 'VERSION_UPDATED':
      return record?.description ?? null
    case 'STAGE_CHANGED':
      return record?.stage ?? null
    case 'TAG_SET':
    case 'TAG_DELETED': {
      const tags = (version === null ? known?.record : record)?.tags ?? []
      return tags.find((tag) => tag.key === key)?.value ?? null
    }
    case 'ALIAS_SET':
    case 'ALIAS_DELETED':
      return known?.record.aliases.find(({ name }) => name === key)?.version ?? null
    default:
      return null
  }
}

function noticeWhatWasBefore(part: CatalogPart, event: Happening, known: Known, at: number): void {
  const { kind, model, version, before } = event
  const made = madeByOthers(event, known)
  if (made) part.observe([made], part.knownUntil(model), at)
  const isAlias = kind === 'ALIAS_SET' || kind === 'ALIAS_DELETED'
  const row = isAlias ? known.known : known.versions.get(keyOf(model, version ?? ''))
  if (!row || !(isAlias || kind === 'STAGE_CHANGED')) return
  const was = lastKnown(event, known)
  if (was === before) return
  // The one that it was made with.
  if (row.lookedAt === null && !isAlias && was === null) return
  const noticed: Happening = isAlias
    ? {
        ...event,
        kind: before === null ? 'ALIAS_DELETED' : 'ALIAS_SET',
        version: before,
        before: was,
        after: before,
      }
    : { ...event, before: was, after: before }
  part.observe([noticed], row.lookedAt ?? part.knownUntil(model), at)
}

/** What is deleted was there, whoever made it. */
function madeByOthers(event: Happening, { known, versions }: Known): Happening | null {
  const { kind, model, version } = event
  if (kind === 'MODEL_DELETED' && !known)
    return { ...event, kind: 'MODEL_CREATED', before: null, after: model }
  if (kind !== 'VERSION_DELETED' || versions.has(keyOf(model, version ?? ''))) return null
  return { ...event, kind: 'VERSION_CREATED', before: null, after: version }
}
