import { inject } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { oddFleet } from '../gateway/odd-fleet.ts'
import { openPermitted } from '../gateway/open-permitted.ts'
import { seedLocal } from '../gateway/seed-local.ts'
import { seedMlflow } from '../gateway/seed-mlflow.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describePermittedIndexed } from './indexed-permitted-suite.ts'

const prefix = `indexed-permitted-${process.pid}-`
const fleet = oddFleet(prefix)

const source = providedPostgres()

describePermittedIndexed(prefix, {
  name: 'a local registry on PostgreSQL',
  fleet,
  numRuns: rounds(8, 100),
  open: async () => {
    const url = await source.createUrl()
    await seedLocal(url, 'main', fleet)
    const registries = [{ name: 'main', adapter: 'local', environment: 'dev' }]
    return openPermitted({ environments: ['dev'], registries, database: { url } })
  },
  dispose: () => source.dispose(),
})

for (const version of mlflowVersions) {
  describePermittedIndexed(prefix, {
    name: `MLflow ${version}`,
    fleet,
    numRuns: rounds(5, 60),
    open: async () => {
      requireBackend(`mlflow ${version}`)
      const { url } = inject('mlflow')[version]
      await seedMlflow(url, fleet, `${prefix}runs`)
      const registries = [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }]
      return openPermitted({ environments: ['dev'], registries })
    },
    dispose: async () => {},
  })
}
