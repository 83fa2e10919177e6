import { inject } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { oddFleet } from '../gateway/odd-fleet.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { seedLocal } from '../gateway/seed-local.ts'
import { seedMlflow } from '../gateway/seed-mlflow.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeIndexed } from './indexed-suite.ts'

const prefix = `indexed-${process.pid}-`
const fleet = oddFleet(prefix)
const numRuns = rounds(6, 60)

const source = providedPostgres()

describeIndexed(prefix, {
  name: 'a local registry on PostgreSQL',
  fleet,
  numRuns: rounds(10, 100),
  open: async (catalog) => {
    const url = await source.createUrl()
    await seedLocal(url, 'main', fleet)
    const registries = [{ name: 'main', adapter: 'local', environment: 'dev' }]
    return openGateway({ environments: ['dev'], registries, database: { url }, catalog })
  },
  dispose: () => source.dispose(),
})

for (const version of mlflowVersions) {
  describeIndexed(prefix, {
    name: `MLflow ${version}`,
    fleet,
    numRuns,
    open: async (catalog) => {
      requireBackend(`mlflow ${version}`)
      const { url } = inject('mlflow')[version]
      await seedMlflow(url, fleet, `${prefix}runs`)
      const registries = [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }]
      return openGateway({ environments: ['dev'], registries, catalog })
    },
    dispose: async () => {},
  })
}
