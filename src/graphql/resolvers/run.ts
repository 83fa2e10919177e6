import { toNodeId } from '../../federation/records/node-id.ts'
import { runDuration } from '../../federation/records/run-duration.ts'
import type { MetricResolvers, RunResolvers } from '../generated/resolver-types.ts'
import { withKeys } from './with-keys.ts'

export const run: RunResolvers = {
  id: ({ registry, runId }) => toNodeId({ type: 'Run', registry, runId }),
  registry: ({ registry }, _, { session }) => session.registry(registry).record,
  durationMs: runDuration,
  metrics: ({ metrics }, { keys }) => withKeys(metrics, keys),
  tags: ({ tags = null }, { keys }) => tags && withKeys(tags, keys),
  sourceCommit: ({ sourceCommit = null }) => sourceCommit,
  datasets: ({ datasets = null }) => datasets && [...datasets],
  params: ({ params }, { keys }) => withKeys(params, keys),
}

export const metric: MetricResolvers = {
  value: ({ value }) => (Number.isFinite(value) ? value : null),
  nonFinite: ({ value }) => {
    if (Number.isFinite(value)) return null
    if (Number.isNaN(value)) return 'NAN'
    return value > 0 ? 'INFINITY' : 'NEGATIVE_INFINITY'
  },
}
