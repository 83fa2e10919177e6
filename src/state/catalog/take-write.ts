import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'
import type { CatalogPart } from './catalog-part.ts'
import { asBefore, changedModel, changedVersion } from './changed-records.ts'
import type { Happening, NewEvent, Written } from './event.ts'
import { keepable } from './keepable.ts'
import { deleteModels, deleteVersions, takeAwayModels, takeAwayVersions } from './take-away.ts'
import { type KnownModel, knownModels, replaceModel, takeModels } from './take-models.ts'
import { type FoundRun, takeRuns } from './take-runs.ts'
import { type KnownVersion, keyOf, knownVersions, replaceVersion, takeVersions } from './take-versions.ts'

/** A write that was done, and what its registry says of what it was done to. */
export interface DoneWrite {
  readonly model: string
  /** In the order in which it came about. */
  readonly written: readonly Written[]
  /** What was read back; `undefined`: it was not. Under the new name where it has one. */
  readonly read: {
    readonly model: ModelRecord | null | undefined
    readonly versions: readonly ModelVersionRecord[]
    readonly runs: readonly FoundRun[]
  }
  readonly by: Pick<NewEvent, 'actor' | 'requestId' | 'comment'>
}

/**
 * Takes in what a write has changed, and of the rest of what it was done to only what no event tells of: what somebody
 * else has changed meanwhile is told by whoever takes that in.
 */
export async function takeWrite(part: CatalogPart, done: DoneWrite, at: number): Promise<void> {
  const { model: name, read } = done
  const written = await withLostAliases(part, done)
  const write = { ...done, written }
  const isNew = written.some(({ kind }) => kind === 'MODEL_CREATED')
  let known = (await knownModels(part, [name])).get(name)
  if (!known && !isNew && read.model && written.every(({ kind }) => kind !== 'MODEL_DELETED')) {
    // Made by somebody else since the last look; its versions are read later.
    await takeModels(part, [asBefore(read.model, written)], at)
    part.defer(read.model.name)
    known = (await knownModels(part, [read.model.name])).get(read.model.name)
  }
  if (known && (await takeAwayFormer(part, write, known, at))) known = undefined
  const versions = await knownVersions(
    part,
    versionsOf(written).map((version) => ({ model: name, version })),
  )
  for (const [key, version] of versions) {
    if (!isFormer(version.record, written, read.versions)) continue
    await takeAwayVersions(part, [{ model: name, version: version.record.version }], at)
    versions.delete(key)
  }
  for (const happening of written) {
    const before = beforeOf(happening, known, versions)
    const event = { ...happening, before }
    noticeWhatWasBefore(part, event, known, versions, at)
    if (before !== happening.after || happening.before !== undefined) {
      part.record({
        ...event,
        registry: part.registry,
        at,
        notBefore: null,
        certainty: 'RECORDED',
        ...write.by,
      })
    }
  }
  await takeChanges(part, write, { known, versions })
  await takeRuns(part, read.runs)
}

/** A version that is deleted takes its aliases along. */
async function withLostAliases(
  part: CatalogPart,
  { model, written, read }: DoneWrite,
): Promise<readonly Written[]> {
  const gone = written.filter(({ kind }) => kind === 'VERSION_DELETED').map(({ version }) => version)
  if (gone.length === 0) return written
  const left = new Set(read.model?.aliases.map(({ name }) => name))
  const { record } = (await knownModels(part, [model])).get(model) ?? {}
  const lost = (record?.aliases ?? []).filter(
    ({ name, version }) => gone.includes(version) && !left.has(name),
  )
  const happenings = lost.map(
    ({ name: key, version: before }): Written => ({
      kind: 'ALIAS_DELETED',
      model,
      version: null,
      key,
      before,
      after: null,
    }),
  )
  return [...happenings, ...written]
}

/**
 * Where the write has got a name that the catalog still has from something else, somebody has deleted that since the last
 * look. Answers whether it was the model of the write itself.
 */
async function takeAwayFormer(
  part: CatalogPart,
  { model: name, written, read }: DoneWrite,
  known: KnownModel,
  at: number,
): Promise<boolean> {
  const renamedTo = written.find(({ kind }) => kind === 'MODEL_RENAMED')?.after
  if (renamedTo != null && renamedTo !== name) await takeAwayModels(part, [keepable(renamedTo)], at)
  const isMade = written.some(({ kind }) => kind === 'MODEL_CREATED')
  if (!isMade || !read.model || isOfOneTime(known.record, read.model)) return false
  await takeAwayModels(part, [name], at)
  return true
}

/** Whether it had the number before the version that the write has made. */
function isFormer(
  { modelName, version, createdAt }: ModelVersionRecord,
  written: readonly Written[],
  read: readonly ModelVersionRecord[],
): boolean {
  const isMade = written.some(
    ({ kind, version: made }) =>
      made === version && (kind === 'VERSION_CREATED' || kind === 'VERSION_COPIED'),
  )
  const made = read.find((each) => each.modelName === modelName && each.version === version)
  return isMade && made !== undefined && !isOfOneTime({ createdAt }, made)
}

/** What was made by an earlier try may be known already. */
function isOfOneTime(
  before: { readonly createdAt: Date | null },
  after: { readonly createdAt: Date | null },
): boolean {
  return before.createdAt?.getTime() === after.createdAt?.getTime()
}

interface Known {
  readonly known: KnownModel | undefined
  readonly versions: ReadonlyMap<string, KnownVersion>
}

async function takeChanges(
  part: CatalogPart,
  { model: name, written, read }: DoneWrite,
  { known, versions }: Known,
): Promise<void> {
  const kinds = new Set(written.map(({ kind }) => kind))
  if (kinds.has('MODEL_DELETED')) return deleteModels(part, known ? [known.id] : [])
  const renamed = written.find(({ kind }) => kind === 'MODEL_RENAMED')
  if (renamed && known) await renameModel(part, known.id, renamed.after ?? name)
  if (known) await replaceModel(part, known, changedModel(known.record, written, read.model ?? null))
  else if (read.model) await takeQuietly(part, () => takeModels(part, [read.model as ModelRecord], 0))
  else part.defer(name)
  await takeVersionChanges(part, { written, read }, versions)
  if (read.model === undefined || renamed) part.defer(renamed?.after ?? name)
}

async function takeVersionChanges(
  part: CatalogPart,
  { written, read }: Pick<DoneWrite, 'written' | 'read'>,
  versions: ReadonlyMap<string, KnownVersion>,
): Promise<void> {
  const isRead = new Map(read.versions.map((record) => [keyOf(record.modelName, record.version), record]))
  const gone = written.filter(({ kind }) => kind === 'VERSION_DELETED').map(({ version }) => version)
  for (const [key, known] of versions) {
    if (gone.includes(known.record.version)) await deleteVersions(part, [known.id])
    else await replaceVersion(part, known, changedVersion(known.record, written, isRead.get(key) ?? null))
  }
  const fresh = read.versions.filter((record) => !versions.has(keyOf(record.modelName, record.version)))
  await takeQuietly(part, () => takeVersions(part, fresh, 0))
  const made = versionsOf(
    written.filter(({ kind }) => kind.startsWith('VERSION_') && kind !== 'VERSION_DELETED'),
  )
  for (const version of made) {
    const model = written[0]?.model ?? ''
    if (!versions.has(keyOf(model, version)) && !isRead.has(keyOf(model, version))) part.defer(model)
  }
}

/** What the write itself tells of is no news that somebody else would have to tell. */
async function takeQuietly(part: CatalogPart, work: () => Promise<void>): Promise<void> {
  part.isQuiet = true
  await work()
  part.isQuiet = false
}

async function renameModel({ queries, models }: CatalogPart, id: number, name: string): Promise<void> {
  await queries
    .updateTable('catalog_model')
    .set({ name: keepable(name) })
    .where('id', '=', id)
    .execute()
  models.add(id)
}

function versionsOf(written: readonly Written[]): string[] {
  const own = written.filter(({ kind }) => !kind.startsWith('ALIAS_')).flatMap(({ version }) => version ?? [])
  return [...new Set(own)]
}

function beforeOf(
  happening: Written,
  known: KnownModel | undefined,
  versions: ReadonlyMap<string, KnownVersion>,
): string | null {
  return happening.before === undefined ? lastKnown(happening, known, versions) : happening.before
}

/** What the catalog had at the place of the happening. */
function lastKnown(
  { kind, model, version, key }: Written,
  known: KnownModel | undefined,
  versions: ReadonlyMap<string, KnownVersion>,
): string | null {
  const record = version === null ? null : versions.get(keyOf(model, version))?.record
  switch (kind) {
    case 'MODEL_UPDATED':
      return known?.record.description ?? null
    case 'VERSION_UPDATED':
      return record?.description ?? null
    case 'STAGE_CHANGED':
      return record?.stage ?? null
    case 'TAG_SET':
    case 'TAG_DELETED':
      return (
        ((version === null ? known?.record : record)?.tags ?? []).find((tag) => tag.key === key)?.value ??
        null
      )
    case 'ALIAS_SET':
    case 'ALIAS_DELETED':
      return known?.record.aliases.find(({ name }) => name === key)?.version ?? null
    default:
      return null
  }
}

/** Where the write found something else than was known, somebody has changed it since the last look. */
function noticeWhatWasBefore(
  part: CatalogPart,
  event: Happening,
  known: KnownModel | undefined,
  versions: ReadonlyMap<string, KnownVersion>,
  at: number,
): void {
  const { kind, model, version, before } = event
  const isAlias = kind === 'ALIAS_SET' || kind === 'ALIAS_DELETED'
  const row = isAlias ? known : versions.get(keyOf(model, version ?? ''))
  if (!row || !(isAlias || kind === 'STAGE_CHANGED')) return
  const was = lastKnown(event, known, versions)
  if (was === before) return
  const noticed: Happening = isAlias
    ? {
        ...event,
        kind: before === null ? 'ALIAS_DELETED' : 'ALIAS_SET',
        version: before,
        before: was,
        after: before,
      }
    : { ...event, before: was, after: before }
  part.observe([noticed], row.lookedAt, at)
}
