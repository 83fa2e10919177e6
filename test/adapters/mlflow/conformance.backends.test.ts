import { afterAll, beforeAll, describe, inject, it } from 'vitest'
import { describeConformance } from '../../../src/conformance/index.ts'
import { seedMlflow } from '../../conformance/seed-mlflow.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { openRegistry } from './open-registry.ts'

for (const version of mlflowVersions) {
  describeConformance(
    `the MLflow adapter on ${version}`,
    {
      seed: (fixture) => seedMlflow(inject('mlflow')[version].url, fixture),
      connect: () => openRegistry(inject('mlflow')[version].url),
    },
    { describe, it, beforeAll, afterAll },
  )
}
