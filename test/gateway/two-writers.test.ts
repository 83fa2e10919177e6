import { createFileSource } from '../state/database-source.ts'
import { describeTwoWriters } from './two-writers-suite.ts'

describeTwoWriters('two gateways on one SQLite file', async () => {
  const databases = createFileSource()
  return {
    config: {
      environments: ['dev'],
      registries: [{ name: 'main', adapter: 'local', environment: 'dev' }],
      database: { url: await databases.createUrl() },
    },
    refused: { runId: 'x'.repeat(10_000) },
    dispose: databases.dispose,
  }
})
