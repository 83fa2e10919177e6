import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeSearchBacklog } from './search-backlog-suite.ts'

describeSearchBacklog(createPostgresSource(inject('postgresUrl')))
