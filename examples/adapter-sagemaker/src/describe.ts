import type { Call, RegistryDescription } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { checkHealth } from './groups.ts'
import { naming, stages } from './rules.ts'

export async function describeRegistry(client: Client, call: Call): Promise<RegistryDescription> {
  await checkHealth(client, call)
  return {
    serverVersion: null,
    levels: {
      aliases: 'EMULATED',
      stages: 'NATIVE',
      runs: 'NONE',
      artifacts: 'NATIVE',
      compareAndSet: 'NONE',
      idempotency: 'NONE',
    },
    stages,
    integerVersions: true,
    naming,
    pushedDownFilters: ['name', 'model', 'version', 'stage', 'createdAt'],
    pushedDownOrders: ['name', 'model', 'version', 'createdAt'],
    notices: [
      'SageMaker cannot change a description after its creation, and has no stage Archived.',
      'Every row of a list costs one request, for its tags; see the key concurrency.',
    ],
  }
}
