import { memory } from '../state/database-source.ts'
import { describePairs } from './pairs-suite.ts'

describePairs(memory)
