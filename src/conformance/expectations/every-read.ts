import type { Adapter } from '../../contract/index.ts'
import type { CountedCall } from '../check.ts'
import { modelNames, type Truth, versionKeys } from '../fixture/truth.ts'
import { modelQuery, versionQuery } from './read-pages.ts'

/** Every call that an adapter answers, with its name; `describe` may answer from memory. */
export function everyRead(
  adapter: Adapter,
  truth: Truth,
): readonly (readonly [string, (call: CountedCall) => Promise<unknown>])[] {
  const names = modelNames(truth).slice(0, 3)
  const keys = versionKeys(truth).slice(0, 3)
  const { aliases, runs, artifacts } = adapter
  return [
    ['describe', (call: CountedCall) => adapter.describe(call)],
    ['health', (call: CountedCall) => adapter.health(call)],
    ['models.get', (call: CountedCall) => adapter.models.get(names, call)],
    ['models.list', (call: CountedCall) => adapter.models.list(modelQuery(truth.prefix), call)],
    ['versions.get', (call: CountedCall) => adapter.versions.get(keys, call)],
    ['versions.list', (call: CountedCall) => adapter.versions.list(versionQuery(truth.prefix), call)],
    ['versions.ofModels', (call: CountedCall) => adapter.versions.ofModels(names, 2, call)],
    ['versions.latest', (call: CountedCall) => adapter.versions.latest(names, call)],
    ...(aliases
      ? [
          [
            'aliases.resolve',
            (call: CountedCall) =>
              aliases.resolve(
                names.map((model) => ({ model, alias: 'champion' })),
                call,
              ),
          ] as const,
        ]
      : []),
    ...(runs
      ? [['runs.get', (call: CountedCall) => runs.get(['f'.repeat(32), 'other'], call)] as const]
      : []),
    ...(artifacts
      ? [['artifacts.locate', (call: CountedCall) => artifacts.locate(keys, call)] as const]
      : []),
  ]
}
