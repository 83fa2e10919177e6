import { createFileSource } from '../state/database-source.ts'
import { describeSearchBacklog } from './search-backlog-suite.ts'

describeSearchBacklog(createFileSource())
