import { operationsOf } from '../../contract/facet-places.ts'
import type { ReadOperation } from '../../contract/facets.ts'
import type { Adapter, VersionKey } from '../../contract/index.ts'
import type { CountedCall } from '../check.ts'
import { modelNames, type Truth, versionKeys } from '../fixture/truth.ts'
import { modelQuery, versionQuery } from './read-pages.ts'

interface Asked {
  readonly prefix: string
  readonly names: readonly string[]
  readonly keys: readonly VersionKey[]
}

type Read = (adapter: Adapter, asked: Asked, call: CountedCall) => Promise<unknown> | undefined

/** Files are asked for by checks of their own: not every registry has some. */
type OfFiles = 'artifacts.list' | 'exports.files' | 'exports.read'

const reads: Record<Exclude<ReadOperation, OfFiles>, Read> = {
  'models.get': ({ models }, { names }, call) => models.get(names, call),
  'models.list': ({ models }, { prefix }, call) => models.list(modelQuery(prefix), call),
  'versions.get': ({ versions }, { keys }, call) => versions.get(keys, call),
  'versions.list': ({ versions }, { prefix }, call) => versions.list(versionQuery(prefix), call),
  'versions.ofModels': ({ versions }, { names }, call) => versions.ofModels(names, 2, call),
  'versions.latest': ({ versions }, { names }, call) => versions.latest(names, call),
  'aliases.resolve': ({ aliases }, { names }, call) =>
    aliases?.resolve(
      names.map((model) => ({ model, alias: 'champion' })),
      call,
    ),
  'runs.get': ({ runs }, _, call) => runs?.get(['f'.repeat(32), 'other'], call),
  'artifacts.locate': ({ artifacts }, { keys }, call) => artifacts?.locate(keys, call),
  'changes.since': ({ changes }, _, call) => changes?.since(null, call),
}

/** Every call that an adapter answers, with its name; `describe` may answer from memory. */
export function everyRead(
  adapter: Adapter,
  truth: Truth,
): readonly (readonly [string, (call: CountedCall) => Promise<unknown>])[] {
  const asked = {
    prefix: truth.prefix,
    names: modelNames(truth).slice(0, 3),
    keys: versionKeys(truth).slice(0, 3),
  }
  const there = operationsOf(adapter)
  return [
    ['describe', (call) => adapter.describe(call)],
    ['health', (call) => adapter.health(call)],
    ...Object.entries(reads)
      .filter(([name]) => there.has(name))
      .map(
        ([name, read]) =>
          [name, (call: CountedCall) => read(adapter, asked, call) ?? Promise.resolve()] as const,
      ),
  ]
}
