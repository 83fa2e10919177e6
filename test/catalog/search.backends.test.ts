import { providedPostgres } from '../state/provided-postgres.ts'
import { describeSearch } from './search-suite.ts'

describeSearch(providedPostgres())
