import {
  durationDifference,
  isSameArtifact,
  metricDifferences,
  paramDifferences,
  sizeDifference,
  tagDifferences,
} from '../../federation/resolve/version-diff.ts'
import type { VersionDiffResolvers } from '../generated/resolver-types.ts'

export const versionDiff: VersionDiffResolvers = {
  from: ({ from }) => from(),
  to: ({ to }) => to(),
  metrics: (comparison, _, { session }) => metricDifferences(session, comparison),
  params: (comparison, _, { session }) => paramDifferences(session, comparison),
  tags: (comparison) => tagDifferences(comparison),
  durationMs: (comparison, _, { session }) => durationDifference(session, comparison),
  sizeBytes: (comparison) => sizeDifference(comparison),
  sameArtifact: (comparison, _, { session }) => isSameArtifact(session, comparison),
}
