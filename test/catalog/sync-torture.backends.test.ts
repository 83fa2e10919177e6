import { afterAll, inject } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { createPostgresSource, type DatabaseSource } from '../state/database-source.ts'
import { describeSyncTorture } from './sync-torture-suite.ts'

let source: DatabaseSource | null = null
const postgres: DatabaseSource = {
  name: 'PostgreSQL',
  createUrl() {
    requireBackend('postgres')
    source ??= createPostgresSource(inject('postgresUrl'))
    return source.createUrl()
  },
  dispose: async () => source?.dispose(),
}
afterAll(() => postgres.dispose())

describeSyncTorture(postgres, rounds(1, 10))
