import { providedPostgres } from '../state/provided-postgres.ts'
import { describeSearchBacklog } from './search-backlog-suite.ts'

describeSearchBacklog(providedPostgres())
