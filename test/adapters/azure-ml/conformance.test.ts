import { afterAll, beforeAll, describe, it } from 'vitest'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { type ConformanceFixture, describeConformance } from '../../../src/conformance/index.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import { AzureWriter } from './azure-writer.ts'
import { openAzure, openOrganisation, place, registryPath, workspacePath } from './open-registry.ts'
import { seedAzure } from './seed-azure.ts'

const secret = 'the-token-that-nobody-may-see'
const auth = { token: secret }

let double: AzureDouble
beforeAll(async () => {
  double = await startAzureDouble()
})
afterAll(async () => {
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
      connect: () => openAzure(double.url, { stages, auth }),
      connectFaulty: ({ url }) => openAzure(url, { stages, auth }),
      secrets: [secret],
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
    connect: () => openOrganisation(double.url, { auth }),
    connectFaulty: ({ url }) => openOrganisation(url, { auth }),
    secrets: [secret],
  },
  { describe, it, beforeAll, afterAll },
)
