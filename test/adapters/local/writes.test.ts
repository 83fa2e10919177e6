import { createFileSource } from '../../state/database-source.ts'
import { describeWrites } from './writes-suite.ts'

describeWrites(createFileSource(), 1)
