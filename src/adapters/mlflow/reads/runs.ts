import {
  type Call,
  type Outcome,
  RegistryError,
  type RunReads,
  type RunRecord,
} from '../../../contract/index.ts'
import { type ReadRows, readRows } from '../../http/read-rows.ts'
import type { MlflowRegistry } from '../registry.ts'
import { PermissionDenied } from '../wire/errors.ts'
import { isOneOf } from '../wire/grammar.ts'
import { orNull } from '../wire/or-null.ts'
import { readObject, readOptionalText, readRecords } from '../wire/wire.ts'
import { chunk, type Found, loadEach, loadInBatches } from './batches.ts'
import { Experiments } from './experiments.ts'
import { GoneRuns } from './gone-runs.ts'
import { searchKeys } from './search-keys.ts'
import { toRunRecord } from './to-run-record.ts'

/** The server's parser stops at some thousands of items; each run costs the server 2 ms. */
const runsPerSearch = 1000
/** Of runs that are asked for one by one. */
const atOnce = 8

export interface RunsOptions {
  /** Below which MLflow shows its pages. */
  readonly webUrl: string
  /** Whether the server knows who asks, and may hide runs. */
  readonly hides: boolean
}

export function runReads(server: MlflowRegistry, { webUrl, hides }: RunsOptions): RunReads {
  const search = { server, webUrl, hides, experiments: new Experiments(server.client), gone: new GoneRuns() }
  return {
    get: async (runIds, call) => {
      const { runLists } = await server.profile(call)
      return loadInBatches(runIds, {
        identify: itself,
        possible: (runId) => /^[A-Za-z0-9][\w-]{0,255}$/.test(runId),
        split: (wanted) => chunk(wanted, runLists ? runsPerSearch : 1),
        load: (part) =>
          runLists
            ? findRuns(search, part, call)
            : loadEach(part, itself, async (runId) => (await getRun(search, runId, call))?.run ?? null),
      })
    },
  }
}

interface RunSearch extends RunsOptions {
  readonly server: MlflowRegistry
  readonly experiments: Experiments
  readonly gone: GoneRuns
}

interface ListedRun {
  readonly run: RunRecord
  readonly experimentId: string | null
}

/**
 * One alone by its id, which needs no experiments. Several together in the experiments that are known; what is not
 * found there in those that are younger; and what is in none of them, or is hidden, one by one.
 */
async function findRuns(search: RunSearch, runIds: readonly string[], call: Call): Promise<Found<RunRecord>> {
  const { experiments, gone } = search
  const [only] = runIds
  if (runIds.length === 1 && only !== undefined && gone.get(only) === undefined)
    return findOneByOne(search, runIds, call)
  const known = await experiments.known(call)
  const first = await searchRuns(search, runIds, known.ids, call)
  const found = new Map<string, Outcome<RunRecord>>(first.rows.map((run) => [run.runId, run]))
  for (const runId of runIds) {
    const why = gone.get(runId)
    if (why !== undefined && !found.has(runId)) found.set(runId, why)
  }
  const missing = runIds.filter((runId) => !found.has(runId))
  if (missing.length === 0) return [...found]
  const newer = await experiments.newer(known, call)
  const late = await searchRuns(search, missing, newer.ids, call)
  for (const run of late.rows) found.set(run.runId, run)
  const left = missing.filter((runId) => !found.has(runId))
  if (newer.all && !search.hides && first.flaw === null && late.flaw === null) {
    for (const runId of left) gone.note(runId, null)
    return [...found]
  }
  return [...found, ...(await findOneByOne(search, left, call))]
}

/** Each tells its experiment, in which others of those that are left may be. */
async function findOneByOne(
  search: RunSearch,
  runIds: readonly string[],
  call: Call,
): Promise<Found<RunRecord>> {
  const { experiments, gone } = search
  const found: (readonly [string, Outcome<RunRecord>])[] = []
  let left = runIds
  while (left.length > 0) {
    const outcomes = await loadEach(left.slice(0, atOnce), itself, (runId) => getRun(search, runId, call))
    left = left.slice(atOnce)
    const learned = new Set<string>()
    for (const [runId, outcome] of outcomes) {
      const isGone = outcome === null || (RegistryError.is(outcome) && outcome.code === 'FORBIDDEN')
      if (isGone) gone.note(runId, outcome as RegistryError | null)
      if (outcome === null || RegistryError.is(outcome)) {
        found.push([runId, outcome as RegistryError | null])
        continue
      }
      const { run, experimentId } = outcome as ListedRun
      found.push([runId, run])
      if (experimentId !== null) learned.add(experimentId)
    }
    experiments.learn([...learned])
    const more = await searchRuns(search, left, [...learned], call)
    for (const run of more.rows) found.push([run.runId, run])
    const seen = new Set(more.rows.map(({ runId }) => runId))
    left = left.filter((runId) => !seen.has(runId))
  }
  return found
}

async function searchRuns(
  { server, webUrl }: RunSearch,
  runIds: readonly string[],
  experimentIds: readonly string[],
  call: Call,
): Promise<ReadRows<RunRecord>> {
  if (experimentIds.length === 0 || runIds.length === 0) return { rows: [], flaw: null }
  const search = async (some: readonly string[]) => {
    const wire = await server.client.search(
      'runs/search',
      {
        experiment_ids: experimentIds,
        filter: isOneOf('run_id', some),
        run_view_type: 'ALL',
        max_results: some.length,
      },
      call,
    )
    const read = readRows(readRecords(wire, 'runs'), (run) => toRunRecord(run, webUrl))
    const isEmpty = read.rows.length === 0 && read.flaw === null
    return { ...read, next: isEmpty ? null : readOptionalText(wire, 'next_page_token') }
  }
  return searchKeys(runIds, (run: RunRecord) => run.runId, search)
}

async function getRun({ server, webUrl }: RunSearch, runId: string, call: Call): Promise<ListedRun | null> {
  try {
    const wire = await orNull(server.client.get('runs/get', { run_id: runId }, call))
    if (wire === null) return null
    const run = readObject(wire, 'run')
    const experimentId = readOptionalText(readObject(run, 'info'), 'experiment_id')
    return { run: toRunRecord(run, webUrl), experimentId }
  } catch (error) {
    if (!(error instanceof PermissionDenied)) throw error
    const message = `MLflow does not let the gateway's user read the run ${JSON.stringify(runId)}.`
    throw new RegistryError('FORBIDDEN', message, { cause: error })
  }
}

function itself(runId: string): string {
  return runId
}
