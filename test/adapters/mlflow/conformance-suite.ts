import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, inject, it } from 'vitest'
import { describeConformance } from '../../../src/conformance/index.ts'
import { seedMlflow } from '../../conformance/seed-mlflow.ts'
import type { MlflowVersion } from '../../environment/provided.ts'
import { openRegistry } from './open-registry.ts'

const secret = 'the-token-that-nobody-may-see'
const open = (url: string) => openRegistry(url, { auth: { bearer: secret } })

/** In a file of its own for each version, so that they run at the same time. */
export function describeMlflowConformance(version: MlflowVersion): void {
  describeConformance(
    `the MLflow adapter on ${version}`,
    {
      effort: 'quick',
      // A name of an experiment is never free again, and servers may be kept.
      prefix: `conformance-${randomUUID().slice(0, 8)}-`,
      seed: (fixture) => seedMlflow(inject('mlflow')[version].url, fixture),
      connect: () => open(inject('mlflow')[version].url),
      connectFaulty: ({ url }) => open(url),
      backendUrl: inject('mlflow')[version].url,
      secrets: [secret],
    },
    { describe, it, beforeAll, afterAll },
  )
}
