import type { Check, CheckContext } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { assertNoSecret, assertNoSecretInErrors } from '../expectations/no-secret.ts'
import { modelQuery, versionQuery } from '../expectations/read-pages.ts'
import { failingReads, failingWrites, registryErrors } from '../faults/failing-calls.ts'
import { type Fault, faults } from '../faults/fault.ts'

const why = 'Messages and notices are shown to everybody who may ask the gateway.'
const unending: readonly Fault[] = ['hanging', 'endless', 'huge']
const ending = faults.filter((fault) => !unending.includes(fault))

/** Reads of what is not there, with continuations that are none, and of callers who have left. */
function refusedReads({ adapter, truth, call }: CheckContext): (readonly [string, () => Promise<unknown>])[] {
  const { models, versions, aliases, runs, artifacts } = adapter
  const model = `${truth.prefix}\u0000`
  const key = { model, version: 'none' }
  const continuation = 'none'
  const left = { signal: AbortSignal.abort() }
  return [
    ['models.get', () => models.get([model], call())],
    ['models.list', () => models.list(modelQuery(truth.prefix, { continuation }), call())],
    ['versions.get', () => versions.get([key], call())],
    ['versions.list', () => versions.list(versionQuery(truth.prefix, { continuation }), call())],
    ['versions.ofModels', () => versions.ofModels([model], 1, call())],
    ['versions.latest', () => versions.latest([model], call())],
    ['aliases.resolve', async () => aliases?.resolve([{ model, alias: 'none' }], call())],
    ['runs.get', async () => runs?.get(['none'], call())],
    ['artifacts.locate', async () => artifacts?.locate([key], call())],
    ['artifacts.list', async () => artifacts?.list(key, '../none', call())],
    ...everyRead(adapter, truth).map(([what, read]) => [what, () => read(call(left))] as const),
  ]
}

export const secretChecks: readonly Check[] = [
  {
    id: 'MG-SECRET-001',
    level: 'MUST',
    title: 'No secret of the configuration is in the description',
    needs: ['secrets'],
    source: 'modelgate/adapter: RegistryDescription.notices',
    why,
    run: async (context) =>
      assertNoSecret(context, JSON.stringify(await context.adapter.describe(context.call())), 'describe'),
  },
  {
    id: 'MG-SECRET-002',
    level: 'MUST',
    title: 'No secret of the configuration is in a message of an error',
    needs: ['secrets', 'faulty backend'],
    source: 'modelgate/adapter: RegistryError.message',
    why,
    async run(context) {
      const calls = [...(await failingReads(context, ending)), ...(await failingWrites(context, ending))]
      for (const { what, errors } of calls)
        for (const error of errors) assertNoSecret(context, String(error), what)
      for (const [what, { current }] of registryErrors(calls)) assertNoSecret(context, `${current}`, what)
    },
  },
  {
    id: 'MG-SECRET-003',
    level: 'MUST',
    title: 'No secret of the configuration is in a record',
    needs: ['secrets'],
    source: 'modelgate/adapter: records',
    why: 'Places of files and addresses of runs are made from the address of the backend, which may hold a password.',
    async run(context) {
      const { adapter, truth, call } = context
      const keys = truth.versions.map(({ record }) => ({ model: record.modelName, version: record.version }))
      const some = [...keys.slice(0, 20), ...keys.slice(-5)]
      const runs = [...truth.runs.keys()]
      const rows = [
        await adapter.models.get(
          truth.models.map(({ name }) => name),
          call(),
        ),
        await adapter.versions.get(some, call()),
        await adapter.artifacts?.locate(some, call()),
        runs.length === 0 ? [] : await adapter.runs?.get(runs, call()),
      ]
      assertNoSecret(context, JSON.stringify(rows), 'what the reads give')
    },
  },
  {
    id: 'MG-SECRET-004',
    level: 'MUST',
    title: 'No secret of the configuration is in what a read refuses, breaks off, or is closed to',
    needs: ['secrets'],
    source: 'modelgate/adapter: RegistryError.message',
    why,
    async run(context) {
      for (const [what, read] of refusedReads(context)) await assertNoSecretInErrors(context, what, read())
      const closed = await context.connect()
      await closed.close()
      for (const [what, read] of everyRead(closed, context.truth))
        await assertNoSecretInErrors(context, `${what} after close`, read(context.call()))
    },
  },
]
