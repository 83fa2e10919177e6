import assert from 'node:assert/strict'
import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'

/** More than clocks differ, and less than time zones do. */
const toleranceMs = 20 * 60_000

export const writeTimeChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WTIME-001',
    level: 'MUST',
    title: 'What is made now has the time of now',
    source: 'modelgate/adapter: ModelRecord.createdAt',
    why: 'Seconds taken for milliseconds are in January 1970, and local time taken for UTC is hours off.',
    async run(bench) {
      const key = await bench.createVersion(await bench.createModel())
      const now = Date.now()
      for (const row of [await bench.getModel(key.model), await bench.getVersion(key)])
        for (const field of ['createdAt', 'updatedAt'] as const) {
          const off = Math.abs((row[field]?.getTime() ?? now) - now)
          assert.ok(off < toleranceMs, `${field} is ${row[field]?.toISOString()}`)
        }
    },
  }),
]
