import {
  isSameArtifact,
  loadSide,
  metricDifferences,
  paramDifferences,
  tagDifferences,
} from '../../federation/resolve/version-diff.ts'
import type { VersionDiffResolvers } from '../generated/resolver-types.ts'

export const versionDiff: VersionDiffResolvers = {
  from: (comparison, _, { session }) => loadSide(session, comparison, 'from'),
  to: (comparison, _, { session }) => loadSide(session, comparison, 'to'),
  metrics: (comparison, _, { session }) => metricDifferences(session, comparison),
  params: (comparison, _, { session }) => paramDifferences(session, comparison),
  tags: (comparison, _, { session }) => tagDifferences(session, comparison),
  sameArtifact: (comparison, _, { session }) => isSameArtifact(session, comparison),
}
