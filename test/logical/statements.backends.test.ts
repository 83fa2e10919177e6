import { providedPostgres } from '../state/provided-postgres.ts'
import { describeStatements } from './statements-suite.ts'

describeStatements(providedPostgres())
