import { inject } from 'vitest'
import { createPostgresSource } from '../../state/database-source.ts'
import { describeReads } from './reads-suite.ts'
import { describeStore } from './store-suite.ts'

describeStore(createPostgresSource(inject('postgresUrl')))
describeReads(createPostgresSource(inject('postgresUrl')))
