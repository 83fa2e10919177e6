import { notFound } from './stub-error.ts'
import type { StubRoute } from './stub-routes.ts'
import { toRunWire } from './stub-wire.ts'

const getRun: StubRoute = (request, { store }) => {
  const run = store.runs.get(request.get('run_id') ?? '')
  if (run === undefined) throw notFound(`Run with id=${request.get('run_id')} not found`)
  return { run: toRunWire(run) }
}

const searchRuns: StubRoute = (request, { store, pageCap = Number.POSITIVE_INFINITY }) => {
  const experiments = request.getAll('experiment_ids')
  const ids = [...(request.get('filter') ?? '').matchAll(/'([^']*)'/g)].map((match) => match[1])
  const runs = [...store.runs.values()].filter(
    (run) => experiments.includes(run.experimentId) && (ids.length === 0 || ids.includes(run.runId)),
  )
  const size = Math.min(Number(request.get('max_results') ?? 1000), pageCap)
  const more = runs.length > size ? { next_page_token: 'more' } : {}
  return runs.length === 0 ? {} : { runs: runs.slice(0, size).map(toRunWire), ...more }
}

const searchExperiments: StubRoute = (_request, { store }) => {
  const ids = new Set(['0', ...[...store.runs.values()].map((run) => run.experimentId)])
  const experiments = [...ids].map((id) => ({
    experiment_id: id,
    name: id === '0' ? 'Default' : `experiment ${id}`,
    lifecycle_stage: 'active',
  }))
  return { experiments }
}

export const runRoutes: Readonly<Record<string, StubRoute>> = {
  'GET runs/get': getRun,
  'POST runs/search': searchRuns,
  'POST experiments/search': searchExperiments,
  'GET experiments/search': searchExperiments,
}
