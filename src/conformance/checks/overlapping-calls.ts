import assert from 'node:assert/strict'
import { RegistryError } from '../../contract/index.ts'
import type { Check, CheckContext, CountedCall } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { modelNames, versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: Adapter'
/** How many calls of each read are under way at once. */
const calls = 4

type Batch = (call: CountedCall) => Promise<readonly unknown[]>

/** Every few of the keys, so that no two parts have one in common. */
function parts<Key>(keys: readonly Key[]): Key[][] {
  const parted = Map.groupBy(keys.slice(0, 5 * calls), (_, index) => index % calls)
  return [...parted.values()]
}

/** Each read of a batch, several times and with other keys each time. */
function differentBatches({ adapter, truth }: CheckContext): (readonly [string, Batch])[] {
  const { models, versions, aliases, runs, artifacts } = adapter
  const held = truth.models.flatMap(({ name, aliases: own }) =>
    own.map((alias) => ({ model: name, alias: alias.name })),
  )
  const withVersions = [...new Set(truth.versions.map(({ record }) => record.modelName))]
  const batches = <Key>(what: string, keys: readonly Key[], ask: (keys: readonly Key[]) => Batch) =>
    parts(keys).map((part) => [what, ask(part)] as const)
  return [
    ...batches('models.get', modelNames(truth), (names) => (call) => models.get(names, call)),
    ...batches('versions.get', versionKeys(truth), (keys) => (call) => versions.get(keys, call)),
    ...batches('versions.ofModels', withVersions, (names) => (call) => versions.ofModels(names, 2, call)),
    ...batches('versions.latest', withVersions, (names) => (call) => versions.latest(names, call)),
    ...(aliases ? batches('aliases.resolve', held, (keys) => (call) => aliases.resolve(keys, call)) : []),
    ...(runs ? batches('runs.get', [...truth.runs.keys()], (ids) => (call) => runs.get(ids, call)) : []),
    ...(artifacts
      ? batches('artifacts.locate', versionKeys(truth), (keys) => (call) => artifacts.locate(keys, call))
      : []),
  ]
}

/** Lists within a record may come in any order, the outcomes may not. */
function comparable(outcomes: readonly unknown[]): string[] {
  const sorted = (_: string, value: unknown) =>
    Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value
  return outcomes.map((outcome) =>
    RegistryError.is(outcome) ? outcome.code : JSON.stringify(outcome, sorted),
  )
}

/** Each of an adapter of its own: what is asked once for all is asked for the first call, and by its signal. */
async function firstReads({ adapter, truth, connect }: CheckContext) {
  const fresh = everyRead(adapter, truth).map(async (_, index) => everyRead(await connect(), truth)[index])
  return (await Promise.all(fresh)).flatMap((read) => (read === undefined ? [] : [read]))
}

/** Breaks off one of two calls, and demands an answer of the other. */
async function assertOtherAnswered(
  read: (call: CountedCall) => Promise<unknown>,
  what: string,
  { call }: CheckContext,
  { isFirst, asItAsks }: { readonly isFirst: boolean; readonly asItAsks: boolean },
): Promise<void> {
  const abort = new AbortController()
  const breakOff = () => abort.abort()
  const own = call({ signal: abort.signal, ...(asItAsks && { onRequest: breakOff }) })
  const other = call()
  const started = (isFirst ? [own, other] : [other, own]).map((one) => read(one))
  if (!asItAsks) breakOff()
  const outcome = (await Promise.allSettled(started))[isFirst ? 1 : 0]
  assert.ok(
    outcome?.status === 'fulfilled',
    `${what}: ended with another call: ${outcome?.status === 'rejected' ? outcome.reason : ''}`,
  )
}

export const overlappingCallChecks: readonly Check[] = [
  {
    id: 'MG-BATCH-012',
    level: 'MUST',
    title: 'Many different reads at once are answered as each is by itself',
    needs: [],
    source,
    why: 'The requests of all clients are under way at once; what one call keeps for itself must not reach another.',
    async run(context) {
      const batches = differentBatches(context)
      const alone: (readonly unknown[])[] = []
      for (const [, ask] of batches) alone.push(await ask(context.call()))
      const together = await Promise.all(batches.map(([, ask]) => ask(context.call())))
      for (const [index, [what]] of batches.entries())
        assert.deepEqual(comparable(together[index] ?? []), comparable(alone[index] ?? []), what)
    },
  },
  {
    id: 'MG-CANCEL-004',
    level: 'MUST',
    title: 'A call that is broken off leaves the others that are under way',
    needs: [],
    source: 'modelgate/adapter: Call.signal',
    why: 'A client that leaves must not take the answers of the others with it.',
    async run(context) {
      for (const isFirst of [true, false])
        for (const asItAsks of [true, false])
          for (const [what, read] of await firstReads(context))
            await assertOtherAnswered(read, what, context, { isFirst, asItAsks })
    },
  },
]
