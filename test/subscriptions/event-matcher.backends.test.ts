import { providedPostgres } from '../state/provided-postgres.ts'
import { describeEventMatcher } from './event-matcher-suite.ts'

describeEventMatcher(providedPostgres())
