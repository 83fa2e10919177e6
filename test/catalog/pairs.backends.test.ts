import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describePairs } from './pairs-suite.ts'

describePairs(createPostgresSource(inject('postgresUrl')))
