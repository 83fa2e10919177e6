import { describeEarlierDatabases } from './earlier-databases-suite.ts'
import { providedPostgres } from './provided-postgres.ts'

describeEarlierDatabases(providedPostgres())
