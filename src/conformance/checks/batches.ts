import assert from 'node:assert/strict'
import { everyMember, lookUp } from '../../contract/facet-places.ts'
import type { Check } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { absent, found, quote } from '../expectations/expectations.ts'
import { modelNames } from '../fixture/truth.ts'

const source = 'modelgate/adapter: Outcome'

type Batches = Readonly<Record<string, (...given: readonly unknown[]) => Promise<readonly unknown[]>>>

export const batchChecks: readonly Check[] = [
  {
    id: 'MG-BATCH-007',
    level: 'MUST',
    title: 'An empty batch is answered without a request',
    needs: [],
    source,
    why: 'An empty list in a filter of the backend is an error, or everything.',
    async run({ adapter, call }) {
      for (const { operation: what, path, name, row } of everyMember) {
        if (row.asks !== 'batch') continue
        const facet = lookUp(adapter, path) as Batches | undefined
        const own = call()
        const most = row.countOf ? [5] : []
        assert.deepEqual((await facet?.[name]?.([], ...most, own)) ?? [], [], `${what} of no keys`)
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
