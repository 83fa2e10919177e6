import { inject } from 'vitest'
import { createPostgresSource } from '../../state/database-source.ts'
import { describeSampleFleet } from './sample-fleet-suite.ts'

describeSampleFleet(createPostgresSource(inject('postgresUrl')))
