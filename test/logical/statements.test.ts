import { memory } from '../state/database-source.ts'
import { describeStatements } from './statements-suite.ts'

describeStatements(memory)
