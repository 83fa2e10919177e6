import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeEventMatcher } from './event-matcher-suite.ts'

describeEventMatcher(createPostgresSource(inject('postgresUrl')))
