import { memory } from '../state/database-source.ts'
import { describeDrift } from './drift-suite.ts'

describeDrift(memory)
