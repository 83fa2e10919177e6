import { inject } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { createPostgresSource, type DatabaseSource } from '../state/database-source.ts'
import { describeSizes } from './sizes-suite.ts'

let source: DatabaseSource | null = null

describeSizes({
  name: 'PostgreSQL',
  createUrl: () => {
    requireBackend('postgres')
    source = createPostgresSource(inject('postgresUrl'))
    return source.createUrl()
  },
  dispose: async () => source?.dispose(),
})
