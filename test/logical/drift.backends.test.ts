import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeDrift } from './drift-suite.ts'

describeDrift(createPostgresSource(inject('postgresUrl')))
