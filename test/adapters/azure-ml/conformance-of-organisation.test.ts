import { afterAll, beforeAll, describe, it } from 'vitest'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { type ConformanceFixture, describeConformance } from '../../../src/conformance/index.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import { AzureWriter } from './azure-writer.ts'
import { openOrganisation, place, registryPath } from './open-registry.ts'
import { seedAzure } from './seed-azure.ts'

const secret = 'the-token-that-nobody-may-see'
const auth = { token: secret }
const byValue = azureConfigSchema.parse({ ...place }).stages

let double: AzureDouble
beforeAll(async () => {
  double = await startAzureDouble({
    switches: { longRunning: { polls: 0, ms: 0, retryAfter: 0, retryAfterCreation: 0 } },
  })
})
afterAll(async () => {
  await double.close()
})

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
    seed: (fixture) => seedAzure(new AzureWriter(double.url, registryPath), byValue, withoutJobs(fixture)),
    connect: () => openOrganisation(double.url, { auth }),
    connectFaulty: ({ url }) => openOrganisation(url, { auth }),
    secrets: [secret],
  },
  { describe, it, beforeAll, afterAll },
)
