import { inject } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { createPostgresSource, type DatabaseSource } from './database-source.ts'

/** Databases on the server of the whole run; where there is none, whoever wants one is told why. */
export function providedPostgres(): DatabaseSource {
  let source: DatabaseSource | null = null
  return {
    name: 'PostgreSQL',
    createUrl: async () => {
      requireBackend('postgres')
      source ??= createPostgresSource(inject('postgresUrl'))
      return source.createUrl()
    },
    dispose: async () => source?.dispose(),
  }
}
