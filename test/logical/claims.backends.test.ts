import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeClaims } from './claims-suite.ts'

describeClaims(createPostgresSource(inject('postgresUrl')))
