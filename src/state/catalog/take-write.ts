import type { ModelVersionRecord } from '../../contract/index.ts'
import type { DoneWrite, Written } from '../../stores/done-write.ts'
import type { CatalogPart } from './catalog-part.ts'
import { changedModel, changedVersion } from './changed-records.ts'
import { isTakenAlready, type Known, tellWrite } from './events-of-write.ts'
import { keepable } from './keepable.ts'
import {
  isOfOneTime,
  type KnownModel,
  type KnownVersion,
  keyOf,
  knownModels,
  neverLookedAt,
} from './known-rows.ts'
import { deleteModels, deleteVersions, takeAwayModels, takeAwayVersions } from './take-away.ts'
import { replaceModel, takeModels } from './take-models.ts'
import { takeRuns } from './take-runs.ts'
import { replaceVersion, takeVersions } from './take-versions.ts'
import { isMade, knownOrTakenModel, knownOrTakenVersions, type WriteTimes } from './unknown-rows.ts'
import { unseenModel, unseenVersion } from './unseen-rows.ts'
import { versionWithoutPlaces, withoutPlaces } from './written-place.ts'

export interface WriteEnd extends WriteTimes {
  /** Others have seen to it by now, or may have: the writer was held up for long. */
  readonly isLate: boolean
}

/**
 * Takes in what a write has changed, and of the rest of what it was done to only what no event tells of: what somebody else
 * has changed meanwhile is told by whoever takes that in. Until when the rest is known stays as it was.
 */
export async function takeWrite(part: CatalogPart, done: DoneWrite, end: WriteEnd): Promise<void> {
  const { model: name, read } = done
  const write = { ...done, written: await withLostAliases(part, done) }
  let known = await knownOrTakenModel(part, write, end)
  if (known && (await takeAwayFormer(part, write, known, end))) known = undefined
  const versions = await knownOrTakenVersions(part, write, end)
  if (!end.isLate) await takeAwayFormerVersions(part, write, versions, end)
  const written = end.isLate
    ? write.written.filter((happening) => !isTakenAlready(happening, { known, versions }, read))
    : write.written
  if (end.isLate) part.defer(name)
  if (written.length === 0) return
  tellWrite(part, { written, by: write.by }, { known, versions }, end.at)
  await takeChanges(part, { ...write, written }, { known, versions }, end)
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
  { at, isLate }: WriteEnd,
): Promise<boolean> {
  const renamedTo = written.find(({ kind }) => kind === 'MODEL_RENAMED')?.after
  if (renamedTo != null && renamedTo !== name) await takeAwayModels(part, [keepable(renamedTo)], at)
  const isCreated = written.some(({ kind }) => kind === 'MODEL_CREATED')
  if (isLate || !isCreated) return false
  // One that is gone again, or could not be read, was another one, too.
  if (read.model && isOfOneTime(known.record, read.model)) return false
  await takeAwayModels(part, [name], at)
  return true
}

/** What had the number before the version that the write has made. */
async function takeAwayFormerVersions(
  part: CatalogPart,
  { model, written, read }: DoneWrite,
  versions: Map<string, KnownVersion>,
  { at }: WriteEnd,
): Promise<void> {
  for (const [key, { record }] of [...versions]) {
    const { version } = record
    const made = read.versions.find((each) => each.modelName === model && each.version === version)
    if (!isMade(written, version) || (made && isOfOneTime(record, made))) continue
    await takeAwayVersions(part, [{ model, version }], at)
    versions.delete(key)
  }
}

async function takeChanges(
  part: CatalogPart,
  { model: name, written, read }: DoneWrite,
  { known, versions }: Known,
  end: WriteEnd,
): Promise<void> {
  const kinds = new Set(written.map(({ kind }) => kind))
  if (kinds.has('MODEL_DELETED')) return deleteModels(part, known ? [known.id] : [])
  const renamed = written.find(({ kind }) => kind === 'MODEL_RENAMED')
  if (renamed && known) await renameModel(part, known.id, renamed.after ?? name)
  if (known) {
    const after = changedModel(known.record, written, read.model ?? null)
    await replaceModel(part, known, after, known.lookedAt)
  } else {
    const own = withoutPlaces(read.model ?? unseenModel(name), end.others)
    await takeQuietly(part, () => takeModels(part, [own], end.at, read.model ? end.begunAt : neverLookedAt))
  }
  await takeVersionChanges(part, { model: name, written, read }, versions, end)
  if (!read.model || renamed) part.defer(renamed?.after ?? name)
}

async function takeVersionChanges(
  part: CatalogPart,
  { model, written, read }: Pick<DoneWrite, 'model' | 'written' | 'read'>,
  versions: ReadonlyMap<string, KnownVersion>,
  { at, begunAt, others }: WriteEnd,
): Promise<void> {
  const isRead = new Map(read.versions.map((record) => [keyOf(record.modelName, record.version), record]))
  const gone = written.filter(({ kind }) => kind === 'VERSION_DELETED').map(({ version }) => version)
  for (const [key, known] of versions) {
    const after = changedVersion(known.record, written, isRead.get(key) ?? null)
    if (gone.includes(known.record.version)) await deleteVersions(part, [known.id])
    else await replaceVersion(part, known, after, known.lookedAt)
  }
  const isOwn = ({ version }: ModelVersionRecord) => isMade(written, version)
  const fresh = read.versions.filter((record) => isOwn(record) && !versions.has(keyOf(model, record.version)))
  const own = fresh.map((record) => versionWithoutPlaces(record, others))
  const unseen = notRead({ model, written, read }, versions)
  await takeQuietly(part, async () => {
    await takeVersions(part, own, at, begunAt)
    await takeVersions(part, unseen, at, neverLookedAt)
  })
  for (const { kind, version } of written) {
    if (version === null || kind.startsWith('ALIAS_') || kind === 'VERSION_DELETED') continue
    if (!versions.has(keyOf(model, version)) && !isRead.has(keyOf(model, version))) part.defer(model)
  }
}

/** What the write has made, and is not there by now, or could not be read. */
function notRead(
  { model, written, read }: Pick<DoneWrite, 'model' | 'written' | 'read'>,
  versions: ReadonlyMap<string, KnownVersion>,
): ModelVersionRecord[] {
  const there = new Set([
    ...versions.keys(),
    ...read.versions.map((row) => keyOf(row.modelName, row.version)),
  ])
  return written
    .flatMap(({ version }) => (version !== null && isMade(written, version) ? [version] : []))
    .filter((version) => !there.has(keyOf(model, version)))
    .map((version) => unseenVersion(model, version))
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
