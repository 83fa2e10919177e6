import { inject } from 'vitest'
import { createPostgresSource } from '../database-source.ts'
import { describeLists } from './lists-suite.ts'

describeLists(createPostgresSource(inject('postgresUrl')))
