import { createFileSource } from './database-source.ts'
import { describeEarlierDatabases } from './earlier-databases-suite.ts'

describeEarlierDatabases(createFileSource())
