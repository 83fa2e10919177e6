import { afterAll, inject } from 'vitest'
import { startFaultProxy } from '../../environment/fault-proxy.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { rounds } from '../../environment/rounds.ts'
import { createFileSource } from '../../state/database-source.ts'
import { providedPostgres } from '../../state/provided-postgres.ts'
import { outsideLocal, outsideMlflow } from './outside.ts'
import { itConverges } from './process-torture-suite.ts'

const files = createFileSource()
const postgres = providedPostgres()
afterAll(async () => {
  await files.dispose()
  await postgres.dispose()
})

itConverges({
  name: 'a local registry, of two gateways on PostgreSQL',
  replicas: 2,
  kills: rounds(1, 20),
  pauseMs: 40,
  createUrl: () => postgres.createUrl(),
  open: async () => ({
    registry: { adapter: 'local' },
    proxy: null,
    canWrite: true,
    outside: (database) => outsideLocal(database, 'main'),
    close: async () => {},
  }),
})

for (const version of mlflowVersions) {
  const isNew = version.startsWith('3')
  itConverges({
    name: `MLflow ${version}, of ${isNew ? 'two gateways on PostgreSQL' : 'one on SQLite'}`,
    replicas: isNew ? 2 : 1,
    kills: rounds(1, 5),
    pauseMs: 200,
    createUrl: isNew ? () => postgres.createUrl() : () => files.createUrl(),
    async open() {
      requireBackend(`mlflow ${version}`)
      const { url } = inject('mlflow')[version]
      const proxy = await startFaultProxy(url)
      return {
        registry: { adapter: 'mlflow', url: proxy.url },
        proxy,
        canWrite: true,
        outside: () => outsideMlflow(url),
        close: () => proxy.close(),
      }
    },
  })
}
