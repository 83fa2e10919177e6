import { inject } from 'vitest'
import { createPostgresSource } from './database-source.ts'
import { describeEarlierDatabases } from './earlier-databases-suite.ts'

describeEarlierDatabases(createPostgresSource(inject('postgresUrl')))
