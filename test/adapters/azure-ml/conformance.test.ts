import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { type ConformanceFixture, describeConformance } from '../../../src/conformance/index.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { AzureWriter } from './azure-writer.ts'
import { openAzure, openOrganisation, place, registryPath, workspacePath } from './open-registry.ts'
import { seedAzure } from './seed-azure.ts'

const hanging = createServer(() => {})
let hangingUrl: string
let double: AzureDouble
beforeAll(async () => {
  hangingUrl = `http://127.0.0.1:${await listenOnLoopback(hanging)}`
  double = await startAzureDouble()
})
afterAll(async () => {
  await closeServer(hanging)
  await double.close()
})

const encodings = {
  value: { encoding: 'value', tag: 'stage' },
  keys: { encoding: 'keys', keys: { none: 'None', staging: 'Staging', prod: 'Production' } },
}

for (const [name, stages] of Object.entries(encodings)) {
  const own = azureConfigSchema.parse({ ...place, stages }).stages
  describeConformance(
    `the adapter of Azure ML, stages by ${name}`,
    {
      effort: 'quick',
      prefix: `${name}-`,
      seed: (fixture) => seedAzure(new AzureWriter(double.url, workspacePath), own, fixture),
      connect: () => openAzure(double.url, { stages }),
      connectHanging: () => openAzure(hangingUrl, { stages }),
    },
    { describe, it, beforeAll, afterAll },
  )
}

const byValue = azureConfigSchema.parse({ ...place }).stages

function withoutJobs(fixture: ConformanceFixture): ConformanceFixture {
  const models = fixture.models.map((model) => ({
    ...model,
    versions: model.versions.map((version) => ({ ...version, runId: null })),
  }))
  return { ...fixture, models, runs: [] }
}

/** A registry has no jobs, no access to the storage of workspaces, and operations that take their time. */
describeConformance(
  'the adapter of Azure ML, on a registry of the organisation',
  {
    effort: 'quick',
    seed: async (fixture) => {
      double.set({ longRunning: { polls: 0, ms: 0, retryAfter: 0 } })
      return seedAzure(new AzureWriter(double.url, registryPath), byValue, withoutJobs(fixture))
    },
    connect: () => openOrganisation(double.url),
    connectHanging: () => openOrganisation(hangingUrl),
  },
  { describe, it, beforeAll, afterAll },
)
