import { inject } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { describeCopyPlaces } from './copy-places-suite.ts'

for (const version of mlflowVersions) {
  describeCopyPlaces(`files that go to MLflow ${version}`, () => ({
    adapter: 'mlflow',
    url: inject('mlflow')[version].url,
    timeoutMs: 20_000,
  }))
}
