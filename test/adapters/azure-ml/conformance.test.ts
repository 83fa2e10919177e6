import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { describeConformance } from '../../../src/conformance/index.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { openAzure, place } from './open-registry.ts'
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
      seed: (fixture) => seedAzure(double.url, own, fixture),
      connect: () => openAzure(double.url, { stages }),
      connectHanging: () => openAzure(hangingUrl, { stages }),
    },
    { describe, it, beforeAll, afterAll },
  )
}
