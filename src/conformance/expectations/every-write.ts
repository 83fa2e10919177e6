import type { Adapter, VersionKey } from '../../contract/index.ts'
import type { CountedCall } from '../check.ts'

type Write = (call: CountedCall) => Promise<unknown>

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

/** Every write of one call that an adapter has, with its name, in an order in which each can be done. */
export function everyWrite(adapter: Adapter, targets: WriteTargets): readonly (readonly [string, Write])[] {
  const { version, newName, source } = targets
  const { model } = version
  const { writes, copies, imports } = adapter
  if (writes === undefined) return []
  const { models, versions } = writes
  const plain = { description: null, tags: [], idempotencyKey: null }
  const tags = [{ key: 'new', value: 'tag' }]
  const copy = { source: version, model, ...plain }
  const transfer = { id: `${newName}-transfer`, model, origin: 'models://other/model/1' }
  const all: [string, Write | undefined][] = [
    ['models.create', (call) => models.create({ name: newName, ...plain }, call)],
    ['models.describe', models.describe && (async (call) => models.describe?.(model, 'New.', call))],
    ['models.setTags', models.setTags && (async (call) => models.setTags?.(model, tags, call))],
    ['models.deleteTags', models.deleteTags && (async (call) => models.deleteTags?.(model, ['old'], call))],
    ['versions.create', (call) => versions.create({ model, source, runId: null, ...plain }, call)],
    ['versions.describe', versions.describe && (async (call) => versions.describe?.(version, 'New.', call))],
    ['versions.setTags', versions.setTags && (async (call) => versions.setTags?.(version, tags, call))],
    [
      'versions.deleteTags',
      versions.deleteTags && (async (call) => versions.deleteTags?.(version, ['old'], call)),
    ],
    ...movesOf(adapter, targets),
    ['copies.copy', copies && ((call) => copies.copy(copy, call))],
    ['imports.begin', imports && ((call) => imports.begin(transfer, call))],
    ['versions.delete', versions.delete && (async (call) => versions.delete?.(version, call))],
    ['models.rename', models.rename && (async (call) => models.rename?.(model, targets.otherName, call))],
    ['models.delete', models.delete && (async (call) => models.delete?.(newName, call))],
    [
      'models.takeBack',
      models.takeBack && (async (call) => models.takeBack?.(newName, `${newName}-key`, call)),
    ],
  ]
  return all.flatMap(([name, write]) => (write === undefined ? [] : [[name, write] as const]))
}

function movesOf({ writes }: Adapter, { version, stage }: WriteTargets): [string, Write | undefined][] {
  const { aliases, stages } = writes ?? {}
  const { model } = version
  const transition = { stage, archiveExisting: false, expected: undefined }
  return [
    [
      'aliases.set',
      aliases && ((call) => aliases.set({ model, alias: 'new' }, version.version, undefined, call)),
    ],
    ['aliases.delete', aliases && ((call) => aliases.delete({ model, alias: 'held' }, undefined, call))],
    ['stages.transition', stages && ((call) => stages.transition(version, transition, call))],
  ]
}
