import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, inject, it } from 'vitest'
import { describeConformance } from '../../../src/conformance/index.ts'
import { seedMlflow } from '../../conformance/seed-mlflow.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { openRegistry } from './open-registry.ts'

const hanging = createServer(() => {})
let hangingUrl: string
beforeAll(async () => {
  hangingUrl = `http://127.0.0.1:${await listenOnLoopback(hanging)}`
})
afterAll(() => closeServer(hanging))

for (const version of mlflowVersions) {
  describeConformance(
    `the MLflow adapter on ${version}`,
    {
      effort: 'quick',
      seed: (fixture) => seedMlflow(inject('mlflow')[version].url, fixture),
      connect: () => openRegistry(inject('mlflow')[version].url),
      connectHanging: () => openRegistry(hangingUrl),
    },
    { describe, it, beforeAll, afterAll },
  )
}
