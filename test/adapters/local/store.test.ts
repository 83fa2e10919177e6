import { createFileSource, memory } from '../../state/database-source.ts'
import { describeReads } from './reads-suite.ts'
import { describeStore } from './store-suite.ts'

describeStore(createFileSource())
describeReads(memory)
