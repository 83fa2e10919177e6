import { afterAll, inject } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import type { DatabaseSource } from '../state/database-source.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeWrites } from './writes-suite.ts'

const sources: DatabaseSource[] = []
afterAll(async () => {
  for (const source of sources) await source.dispose()
})

describeWrites('writes to a local registry on PostgreSQL', async () => {
  const source = providedPostgres()
  sources.push(source)
  return {
    environments: ['dev'],
    registries: [{ name: 'main', adapter: 'local', environment: 'dev', timeoutMs: 20_000 }],
    database: { url: await source.createUrl() },
  }
})

for (const version of mlflowVersions) {
  describeWrites(`writes to MLflow ${version}`, async () => {
    const { url } = inject('mlflow')[version]
    return {
      environments: ['dev'],
      registries: [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 20_000 }],
    }
  })
}
