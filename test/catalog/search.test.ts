import { createFileSource } from '../state/database-source.ts'
import { describeSearch } from './search-suite.ts'

describeSearch(createFileSource())
