import { afterAll, beforeAll, describe, inject, it } from 'vitest'
import { describeConformance } from '../../../src/conformance/index.ts'
import { seedMlflow } from '../../conformance/seed-mlflow.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { openRegistry } from './open-registry.ts'

const secret = 'the-token-that-nobody-may-see'
const open = (url: string) => openRegistry(url, { auth: { bearer: secret } })

for (const version of mlflowVersions) {
  describeConformance(
    `the MLflow adapter on ${version}`,
    {
      effort: 'quick',
      seed: (fixture) => seedMlflow(inject('mlflow')[version].url, fixture),
      connect: () => open(inject('mlflow')[version].url),
      connectFaulty: ({ url }) => open(url),
      secrets: [secret],
    },
    { describe, it, beforeAll, afterAll },
  )
}
