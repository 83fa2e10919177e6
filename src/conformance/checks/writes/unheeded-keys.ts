import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'

export const unheededKeyChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WKEY-009',
    level: 'MUST',
    title: 'Where keys are not heeded, a write with one is done as without',
    needs: ['no native idempotency'],
    source: 'modelgate/adapter: NewVersion.idempotencyKey',
    why: 'The gateway hands the key on to every registry, and sees to it itself where the registry does not.',
    async run(bench) {
      const name = await bench.createModel({ idempotencyKey: randomUUID() })
      const { version } = await bench.createVersion(name, {
        idempotencyKey: randomUUID(),
        description: 'Made.',
      })
      assert.equal((await bench.getVersion({ model: name, version })).description, 'Made.')
    },
  }),
]
