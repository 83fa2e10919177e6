import { inject } from 'vitest'
import { createPostgresSource } from '../../state/database-source.ts'
import { describeWrites } from './writes-suite.ts'

describeWrites(createPostgresSource(inject('postgresUrl')), 2)
