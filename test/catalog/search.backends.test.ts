import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeSearch } from './search-suite.ts'

describeSearch(createPostgresSource(inject('postgresUrl')))
