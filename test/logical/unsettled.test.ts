import { memory } from '../state/database-source.ts'
import { describeUnsettled } from './unsettled-suite.ts'

describeUnsettled(memory)
