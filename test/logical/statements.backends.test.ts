import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeStatements } from './statements-suite.ts'

describeStatements(createPostgresSource(inject('postgresUrl')))
