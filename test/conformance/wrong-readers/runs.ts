import { type Adapter, RegistryError, type RunRecord } from '../../../src/contract/index.ts'
import { everyRun, everyVersion, type WrongReader } from './wrong-reader.ts'

const toSeconds = (time: Date | null) => time && new Date(Math.floor(time.getTime() / 1000) * 1000)

const withRuns =
  (change: (runs: NonNullable<Adapter['runs']>) => NonNullable<Adapter['runs']>) => (adapter: Adapter) =>
    adapter.runs === undefined ? adapter : { ...adapter, runs: change(adapter.runs) }

export const wrongWithRuns: readonly WrongReader[] = [
  {
    wrong: 'trims the params of runs',
    fails: ['MG-RUN-001'],
    spoil: everyRun((run) => ({
      ...run,
      params: run.params.map(({ key, value }) => ({ key, value: value.trim() })),
    })),
  },
  {
    wrong: 'keeps metrics in 32 bits',
    fails: ['MG-RUN-002'],
    spoil: everyRun((run) => ({
      ...run,
      metrics: run.metrics.map((one) => ({ ...one, value: Math.fround(one.value) })),
    })),
  },
  {
    wrong: 'fails for a run that is not there',
    fails: ['MG-RUN-003', 'MG-RUN-005', 'MG-BATCH-004'],
    spoil: withRuns(({ get }) => ({
      get: async (ids, call) =>
        (await get(ids, call)).map((run) => run ?? new RegistryError('NOT_FOUND', 'No such run.')),
    })),
  },
  {
    wrong: 'leaves a field of runs out',
    fails: ['MG-RUN-004'],
    spoil: everyRun(({ url: _, ...run }) => run as RunRecord),
  },
  {
    wrong: 'forgets which run a version came from when the run is gone',
    fails: ['MG-RUN-005', 'MG-IDENT-002'],
    spoil: everyVersion((row) => ({ ...row, runId: row.runId === 'f'.repeat(32) ? null : row.runId })),
  },
  {
    wrong: 'gives the times of runs in whole seconds',
    fails: ['MG-RUN-006'],
    spoil: everyRun((run) => ({
      ...run,
      startedAt: toSeconds(run.startedAt),
      endedAt: toSeconds(run.endedAt),
    })),
  },
]
