import type { Call, RunReads, RunRecord } from '../../contract/index.ts'
import { chunk, type Found, loadEach, loadInBatches } from './batches.ts'
import { Experiments } from './experiments.ts'
import { GoneRuns } from './gone-runs.ts'
import { isOneOf } from './grammar.ts'
import { orNull } from './or-null.ts'
import type { Server } from './server.ts'
import { toRunRecord } from './to-run-record.ts'
import { readList, readObject } from './wire.ts'

/** The server's parser stops at some thousands of items; each run costs the server 2 ms. */
const runsPerSearch = 1000

/** `webUrl`: below which MLflow shows its pages. */
export function mlflowRuns(server: Server, webUrl: string): RunReads {
  const experiments = new Experiments(server.client)
  const gone = new GoneRuns()
  return {
    get: async (runIds, call) => {
      const { runLists } = await server.profile(call)
      return loadInBatches(runIds, {
        identify: (runId) => runId,
        possible: (runId) => /^[A-Za-z0-9][\w-]{0,255}$/.test(runId),
        split: (wanted) => chunk(wanted, runLists ? runsPerSearch : 1),
        load: (part) =>
          runLists
            ? findRuns({ server, experiments, gone, webUrl }, part, call)
            : loadEach(
                part,
                (runId) => runId,
                (runId) => getRun(server, webUrl, runId, call),
              ),
      })
    },
  }
}

interface RunSearch {
  readonly server: Server
  readonly experiments: Experiments
  readonly gone: GoneRuns
  readonly webUrl: string
}

/** A run that is not found may be in an experiment that is younger than the list of them. */
async function findRuns(
  { server, experiments, gone, webUrl }: RunSearch,
  runIds: readonly string[],
  call: Call,
): Promise<Found<RunRecord>> {
  const known = await experiments.ids(call)
  const found = await searchRuns(server, webUrl, runIds, known, call)
  const seen = new Set(found.map((run) => run.runId))
  const missing = runIds.filter((runId) => !seen.has(runId) && !gone.has(runId))
  const newer = missing.length === 0 ? [] : await experiments.newer(known, call)
  const late = await searchRuns(server, webUrl, missing, newer, call)
  gone.note(missing.filter((runId) => !late.some((run) => run.runId === runId)))
  return [...found, ...late].map((run) => [run.runId, run] as const)
}

async function searchRuns(
  server: Server,
  webUrl: string,
  runIds: readonly string[],
  experimentIds: readonly string[],
  call: Call,
): Promise<RunRecord[]> {
  if (experimentIds.length === 0 || runIds.length === 0) return []
  const wire = await server.client.search(
    'runs/search',
    {
      experiment_ids: experimentIds,
      filter: isOneOf('run_id', runIds),
      run_view_type: 'ALL',
      max_results: runIds.length,
    },
    call,
  )
  return readList(wire, 'runs').map((run) => toRunRecord(run, webUrl))
}

async function getRun(server: Server, webUrl: string, runId: string, call: Call): Promise<RunRecord | null> {
  const wire = await orNull(server.client.get('runs/get', { run_id: runId }, call))
  return wire === null ? null : toRunRecord(readObject(wire, 'run'), webUrl)
}
