import assert from 'node:assert/strict'
import type { Check, CountedCall } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { absent, found, quote } from '../expectations/expectations.ts'
import { modelNames } from '../fixture/truth.ts'

const source = 'modelgate/adapter: Outcome'

export const batchChecks: readonly Check[] = [
  {
    id: 'MG-BATCH-007',
    level: 'MUST',
    title: 'An empty batch is answered without a request',
    needs: [],
    source,
    why: 'An empty list in a filter of the backend is an error, or everything.',
    async run({ adapter, call }) {
      const batches: [string, (call: CountedCall) => Promise<readonly unknown[]> | undefined][] = [
        ['models.get', (own) => adapter.models.get([], own)],
        ['versions.get', (own) => adapter.versions.get([], own)],
        ['versions.ofModels', (own) => adapter.versions.ofModels([], 5, own)],
        ['versions.latest', (own) => adapter.versions.latest([], own)],
        ['aliases.resolve', (own) => adapter.aliases?.resolve([], own)],
        ['runs.get', (own) => adapter.runs?.get([], own)],
        ['artifacts.locate', (own) => adapter.artifacts?.locate([], own)],
      ]
      for (const [what, ask] of batches) {
        const own = call()
        assert.deepEqual((await ask(own)) ?? [], [], `${what} of no keys`)
        assert.equal(own.requests, 0, `${what} of no keys sends nothing`)
      }
    },
  },
  {
    id: 'MG-BATCH-010',
    level: 'MUST',
    title: 'A key that no backend can hold is not there, and harms no other key',
    needs: [],
    source,
    why: 'Names come from clients; one odd name must not empty the whole batch.',
    async run({ adapter, truth, call }) {
      const [first = ''] = modelNames(truth)
      const odd = [
        '',
        ' ',
        '.',
        '..',
        '\n',
        `'`,
        '"',
        `'"`,
        '%',
        '\\',
        ';--',
        '\u0000',
        '\ud800',
        'x'.repeat(3000),
      ]
      const asked = ['', '\u0000', first, ...odd.map((name) => truth.prefix + name), first]
      const outcomes = await adapter.models.get(asked, call())
      for (const [index, name] of asked.entries()) {
        if (name === first) assert.equal(found(outcomes[index], quote(name)).name, first)
        else absent(outcomes[index], quote(name))
      }
      const versions = await adapter.versions.get(
        asked.map((model) => ({ model, version: '999' })),
        call(),
      )
      for (const [index, name] of asked.entries()) absent(versions[index], quote([name, '999']))
    },
  },
  {
    id: 'MG-BATCH-011',
    level: 'MUST',
    title: 'Every read that asks the backend counts its requests',
    needs: [],
    source: 'modelgate/adapter: Call.countRequest',
    why: 'The explain header and the tests of leanness go by this count.',
    async run({ adapter, truth, call }) {
      for (const [what, read] of everyRead(adapter, truth)) {
        if (what === 'describe') continue
        const own = call()
        await read(own)
        assert.ok(own.requests >= 1, `${what} counts no request`)
      }
    },
  },
]
