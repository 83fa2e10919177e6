import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeUnsettled } from './unsettled-suite.ts'

describeUnsettled(createPostgresSource(inject('postgresUrl')))
