import assert from 'node:assert/strict'
import type { Check, CheckContext } from '../check.ts'
import { failingReads, failingWrites, registryErrors } from '../faults/failing-calls.ts'
import { faults } from '../faults/fault.ts'

const why = 'Messages and notices are shown to everybody who may ask the gateway.'
const ending = faults.filter((fault) => fault !== 'hanging')

/** Names the secret by its place in the list: the report is shown around too. */
function assertNone({ secrets }: CheckContext, text: string, what: string): void {
  for (const [index, secret] of secrets.entries())
    assert.ok(!text.includes(secret), `${what}: holds the secret number ${index + 1}`)
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
      assertNone(context, JSON.stringify(await context.adapter.describe(context.call())), 'describe'),
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
        for (const error of errors) assertNone(context, String(error), what)
      for (const [what, { current }] of registryErrors(calls)) assertNone(context, `${current}`, what)
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
      assertNone(context, JSON.stringify(rows), 'what the reads give')
    },
  },
]
