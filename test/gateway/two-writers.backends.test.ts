import { inject } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeTwoWriters } from './two-writers-suite.ts'

async function onPostgres(registry: object, refused: object) {
  const databases = providedPostgres()
  const config = {
    environments: ['dev'],
    registries: [{ name: 'main', environment: 'dev', timeoutMs: 20_000, ...registry }],
    database: { url: await databases.createUrl() },
  }
  return { config, refused, dispose: databases.dispose }
}

describeTwoWriters('two gateways on one PostgreSQL', () =>
  onPostgres({ adapter: 'local' }, { runId: 'x'.repeat(10_000) }),
)

for (const version of mlflowVersions) {
  describeTwoWriters(`two gateways on one PostgreSQL, in front of MLflow ${version}`, () =>
    onPostgres(
      { adapter: 'mlflow', url: inject('mlflow')[version].url },
      { source: 'runs:/00000000000000000000000000000000/model' },
    ),
  )
}
