import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeLogicalModels } from './logical-models-suite.ts'

describeLogicalModels(createPostgresSource(inject('postgresUrl')))
