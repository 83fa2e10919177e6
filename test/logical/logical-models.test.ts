import { memory } from '../state/database-source.ts'
import { describeLogicalModels } from './logical-models-suite.ts'

describeLogicalModels(memory)
