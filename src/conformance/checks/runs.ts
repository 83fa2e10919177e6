import assert from 'node:assert/strict'
import type { RunRecord } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { need } from '../check.ts'
import { absent, found, quote, sortedBy } from '../expectations/expectations.ts'
import { readVersions, versionQuery } from '../expectations/read-pages.ts'
import { assertRunRecord } from '../expectations/record-shape.ts'
import { metric, versionsOf } from '../filters/filter-builders.ts'
import { matchesVersion } from '../filters/reference-filter.ts'

const source = 'modelgate/adapter: RunReads'

/** Each run as it was stored beside the one that is answered. */
async function runPairs({ adapter, truth, call }: CheckContext): Promise<[RunRecord, RunRecord][]> {
  const ids = [...truth.runs.keys()]
  need(ids[0], 'run')
  const outcomes = (await adapter.runs?.get(ids, call())) ?? []
  return [...truth.runs.values()].map((run, index) => [
    run,
    found(outcomes[index], `the run ${quote(run.runId)}`),
  ])
}

export const runReadChecks: readonly Check[] = [
  {
    id: 'MG-RUN-001',
    level: 'MUST',
    title: 'The params of a run are given back as they were logged',
    needs: ['runs'],
    source,
    why: 'They are compared and filtered by.',
    async run(context) {
      for (const [stored, given] of await runPairs(context)) {
        assert.deepEqual(
          sortedBy(given.params, ({ key }) => key),
          sortedBy(stored.params, ({ key }) => key),
          quote(stored.runId),
        )
      }
    },
  },
  {
    id: 'MG-RUN-002',
    level: 'MUST',
    title: 'The metrics of a run are given back as they were logged',
    needs: ['runs'],
    source,
    why: 'The last logged value decides what is promoted; NaN and the infinities are values too.',
    async run(context) {
      for (const [stored, given] of await runPairs(context)) {
        const values = (run: RunRecord) =>
          sortedBy(run.metrics, ({ key }) => key).map(({ key, value }) => [key, value])
        assert.deepEqual(values(given), values(stored), quote(stored.runId))
      }
    },
  },
  {
    id: 'MG-RUN-003',
    level: 'MUST',
    title: 'A run that is not there is null',
    needs: ['runs'],
    source,
    why: 'Runs are deleted while versions stay; that is no error.',
    async run({ adapter, truth, call }) {
      const missing = ['f'.repeat(32), '', ' ', `'`, `"`, 'nul\u0000', 'x'.repeat(500), '\u{1f600}']
      const known = [...truth.runs.keys()].slice(0, 1)
      const outcomes = (await adapter.runs?.get([...missing, ...known], call())) ?? []
      for (const [index, id] of missing.entries()) absent(outcomes[index], `the run ${quote(id)}`)
      for (const id of known) assert.equal(found(outcomes.at(-1), quote(id)).runId, id)
    },
  },
  {
    id: 'MG-RUN-004',
    level: 'MUST',
    title: 'Runs are plain data with every field of the contract',
    needs: ['runs'],
    source: 'modelgate/adapter: RunRecord',
    why: 'They are cloned, cached and stored.',
    async run(context) {
      for (const [, given] of await runPairs(context)) assertRunRecord(given)
    },
  },
  {
    id: 'MG-RUN-005',
    level: 'MUST',
    title: 'A version names its run also when the run is gone',
    needs: ['runs'],
    source: 'modelgate/adapter: ModelVersionRecord.runId',
    why: 'It is the only trace of where the version came from.',
    async run({ adapter, truth, call }) {
      const orphan = need(
        truth.versions.find(({ record, run }) => record.runId !== null && run === null),
        'version whose run is gone',
      )
      const { modelName: model, version, runId } = orphan.record
      const [row] = await adapter.versions.get([{ model, version }], call())
      assert.equal(found(row, quote([model, version])).runId, runId)
      const [run] = (await adapter.runs?.get([runId ?? ''], call())) ?? []
      absent(run, `the run ${quote(runId)}`)
    },
  },
  {
    id: 'MG-RUN-006',
    level: 'MUST',
    title: 'A run has the name, status and times that were stored',
    needs: ['runs'],
    source: 'modelgate/adapter: RunRecord',
    why: 'Durations are reckoned from them.',
    async run(context) {
      const own = ({ name, status, startedAt, endedAt }: RunRecord) => ({ name, status, startedAt, endedAt })
      for (const [stored, given] of await runPairs(context))
        assert.deepEqual(own(given), own(stored), quote(stored.runId))
    },
  },
  {
    id: 'MG-RUN-007',
    level: 'MUST',
    title: 'Without runs a filter by metric matches nothing or is left in the residue',
    needs: ['no runs'],
    source: 'modelgate/adapter: ListPage.residue',
    why: 'An adapter that drops what it does not know answers with everything.',
    async run({ adapter, truth, call }) {
      const filter = versionsOf(truth.prefix, metric('auc', 'gte', 0))
      const { pages } = await readVersions(adapter, versionQuery(truth.prefix, { filter }), call())
      const rows = pages.flatMap(({ items }) => items)
      const residue = pages[0]?.residue ?? null
      const left = rows.filter((record) => matchesVersion(residue, { record, aliases: [], run: null }))
      assert.deepEqual(left, [])
    },
  },
]
