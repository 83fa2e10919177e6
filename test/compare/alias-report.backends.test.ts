import { providedPostgres } from '../state/provided-postgres.ts'
import { describeAliasReport } from './alias-report-suite.ts'

describeAliasReport(providedPostgres())
