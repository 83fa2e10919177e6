import { operationsOf } from '../../contract/facet-places.ts'
import type { WriteOperation } from '../../contract/facets.ts'
import type { Adapter, RegistryWrites, VersionKey } from '../../contract/index.ts'
import type { CountedCall } from '../check.ts'

type WritingAdapter = Adapter & { readonly writes: RegistryWrites }

type Write = (
  adapter: WritingAdapter,
  targets: WriteTargets,
  call: CountedCall,
) => Promise<unknown> | undefined

/** What the writes are tried on. */
export interface WriteTargets {
  /** Holds the alias `held`. */
  readonly version: VersionKey
  readonly source: string
  readonly stage: string
  /** Names of models that are not there. */
  readonly newName: string
  readonly otherName: string
}

const plain = { description: null, tags: [], idempotencyKey: null }
const tags = [{ key: 'new', value: 'tag' }]

/** In an order in which each can be done. */
const writes: Record<WriteOperation, Write> = {
  'models.create': ({ writes }, { newName }, call) => writes.models.create({ name: newName, ...plain }, call),
  'models.describe': ({ writes }, { version }, call) => writes.models.describe?.(version.model, 'New.', call),
  'models.setTags': ({ writes }, { version }, call) => writes.models.setTags?.(version.model, tags, call),
  'models.deleteTags': ({ writes }, { version }, call) =>
    writes.models.deleteTags?.(version.model, ['old'], call),
  'versions.create': ({ writes }, { version: { model }, source }, call) =>
    writes.versions.create({ model, source, runId: null, ...plain }, call),
  'versions.describe': ({ writes }, { version }, call) => writes.versions.describe?.(version, 'New.', call),
  'versions.setTags': ({ writes }, { version }, call) => writes.versions.setTags?.(version, tags, call),
  'versions.deleteTags': ({ writes }, { version }, call) =>
    writes.versions.deleteTags?.(version, ['old'], call),
  'aliases.set': ({ writes }, { version: { model, version } }, call) =>
    writes.aliases?.set({ model, alias: 'new' }, version, undefined, call),
  'aliases.delete': ({ writes }, { version: { model } }, call) =>
    writes.aliases?.delete({ model, alias: 'held' }, undefined, call),
  'stages.transition': ({ writes }, { version, stage }, call) =>
    writes.stages?.transition(version, { stage, archiveExisting: false, expected: undefined }, call),
  'copies.copy': ({ copies }, { version }, call) =>
    copies?.copy({ source: version, model: version.model, ...plain }, call),
  'imports.begin': ({ imports }, { version: { model }, newName }, call) =>
    imports?.begin({ id: `${newName}-transfer`, model, origin: 'models://other/model/1' }, call),
  'versions.delete': ({ writes }, { version }, call) => writes.versions.delete?.(version, call),
  'models.rename': ({ writes }, { version, otherName }, call) =>
    writes.models.rename?.(version.model, otherName, call),
  'models.delete': ({ writes }, { newName }, call) => writes.models.delete?.(newName, call),
  'models.takeBack': ({ writes }, { newName }, call) =>
    writes.models.takeBack?.(newName, `${newName}-key`, call),
}

/** Every write of one call that an adapter has, with its name, in an order in which each can be done. */
export function everyWrite(
  adapter: Adapter,
  targets: WriteTargets,
): readonly (readonly [string, (call: CountedCall) => Promise<unknown>])[] {
  if (!isWriting(adapter)) return []
  const there = operationsOf(adapter)
  return Object.entries(writes)
    .filter(([name]) => there.has(name))
    .map(([name, write]) => [name, async (call) => write(adapter, targets, call)])
}

function isWriting(adapter: Adapter): adapter is WritingAdapter {
  return adapter.writes !== undefined
}
