import assert from 'node:assert/strict'
import type { RunRecord } from '../../../contract/index.ts'
import { fileOf } from '../../bench/sample-files.ts'
import { beginUpload, createOf, putFiles } from '../../bench/transfer-bench.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { found, quote, sortedBy } from '../../expectations/expectations.ts'

const source = 'modelgate/adapter: NewTransfer.run'
const needs = ['imports', 'runs'] as const

/** Backends differ in what a moment is to them. */
const mostSkewMs = 1000

export const carriedRunChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-TRANSFER-010',
    level: 'SHOULD',
    title: 'Files that come with a run are taken in with a run of the registry’s own',
    needs,
    source,
    why: 'A version without one has its metrics only as long as its origin can be reached.',
    async run(bench) {
      const { runId } = await createWithRun(bench, originalOf(bench))
      assert.notEqual(runId, null, 'the runId of the version')
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-011',
    level: 'MUST',
    title: 'The run that files are taken in with says what the original’s says',
    needs,
    source,
    why: 'A copy is promoted, or not, by what was measured of the original.',
    async run(bench) {
      const original = originalOf(bench)
      const { runId } = await createWithRun(bench, original)
      if (runId === null) return
      const { adapter, call } = bench
      const run = found((await need(adapter.runs, 'runs').get([runId], call()))[0], `the run ${quote(runId)}`)
      assert.deepEqual(
        sortedBy(run.params, ({ key }) => key),
        original.params,
        'the params',
      )
      assert.deepEqual(
        sortedBy(run.metrics, ({ key }) => key),
        original.metrics,
        'the last metrics, with their steps',
      )
      assert.deepEqual([run.name, run.status], [original.name, original.status], 'the name and the status')
      sameMoment(run.startedAt, original.startedAt, 'the start')
      sameMoment(run.endedAt, original.endedAt, 'the end')
    },
  }),
]

/** As another registry would give it, its status in a word that this one has. */
function originalOf({ truth }: WriteBench): RunRecord {
  const status = [...truth.runs.values()].find((run) => run.endedAt !== null && run.status !== null)?.status
  return {
    runId: 'of-another-registry',
    name: 'nightly',
    status: status ?? 'FINISHED',
    startedAt: new Date('2026-01-02T03:04:05.000Z'),
    endedAt: new Date('2026-01-02T04:05:06.000Z'),
    metrics: [
      { key: 'auc', value: 0.875, step: 7 },
      { key: 'drift', value: -1.5, step: 0 },
    ],
    params: [
      { key: 'depth', value: '6' },
      { key: 'note', value: 'ünï \u{1f600}' },
    ],
    url: null,
  }
}

async function createWithRun(bench: WriteBench, run: RunRecord) {
  const files = [fileOf('model.txt', 'Model.')]
  const model = await bench.createModel()
  const upload = await beginUpload(bench, model, { run })
  await putFiles(upload, files, bench)
  return bench.getVersion(await createOf(upload, files, bench, model))
}

function sameMoment(actual: Date | null, expected: Date | null, what: string): void {
  const apart = Math.abs((actual?.getTime() ?? Number.NaN) - (expected?.getTime() ?? Number.NaN))
  assert.ok(
    apart < mostSkewMs,
    `${what}: ${actual?.toISOString() ?? null} instead of ${expected?.toISOString()}`,
  )
}
