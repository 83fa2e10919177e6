import { inject } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { createPostgresSource, type DatabaseSource } from '../state/database-source.ts'
import { describeAliasReport } from './alias-report-suite.ts'

let source: DatabaseSource | null = null

describeAliasReport({
  name: 'PostgreSQL',
  createUrl: () => {
    requireBackend('postgres')
    source = createPostgresSource(inject('postgresUrl'))
    return source.createUrl()
  },
  dispose: async () => source?.dispose(),
})
