import { createFileSource } from '../state/database-source.ts'
import { describeAliasReport } from './alias-report-suite.ts'

describeAliasReport(createFileSource())
