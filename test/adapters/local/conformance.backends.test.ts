import { inject } from 'vitest'
import { createPostgresSource } from '../../state/database-source.ts'
import { describeLocalConformance } from './conformance-suite.ts'

describeLocalConformance(createPostgresSource(inject('postgresUrl')), { held: true })
