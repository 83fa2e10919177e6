import { inject } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { createFileSource, type DatabaseSource } from '../state/database-source.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { describeFilters, type FilteredBackend } from './filters-suite.ts'
import { oddFleet } from './odd-fleet.ts'
import { openGateway } from './open-gateway.ts'
import { seedLocal } from './seed-local.ts'
import { seedMlflow } from './seed-mlflow.ts'

const prefix = `filters-${process.pid}-`
const fleet = oddFleet(prefix)
const numRuns = rounds(60, 600)

function mlflow(version: (typeof mlflowVersions)[number]): FilteredBackend {
  return {
    name: `MLflow ${version}`,
    fleet,
    numRuns,
    open: async () => {
      requireBackend(`mlflow ${version}`)
      const { url } = inject('mlflow')[version]
      await seedMlflow(url, fleet, `${prefix}runs`)
      return openGateway({
        environments: ['dev'],
        registries: [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }],
      })
    },
    dispose: async () => {},
  }
}

function local(name: string, source: () => DatabaseSource): FilteredBackend {
  let database: DatabaseSource | null = null
  return {
    name,
    fleet,
    numRuns,
    open: async () => {
      database = source()
      const url = await database.createUrl()
      await seedLocal(url, 'main', fleet)
      return openGateway({
        environments: ['dev'],
        registries: [{ name: 'main', adapter: 'local', environment: 'dev', timeoutMs: 30_000 }],
        database: { url },
      })
    },
    dispose: async () => database?.dispose(),
  }
}

const backends = [
  local('the local store on SQLite', createFileSource),
  local('the local store on PostgreSQL', () => {
    requireBackend('postgres')
    return providedPostgres()
  }),
  ...mlflowVersions.map(mlflow),
]

for (const backend of backends) describeFilters(prefix, backend)
