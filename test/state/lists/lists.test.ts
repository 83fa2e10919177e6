import { memory } from '../database-source.ts'
import { describeLists } from './lists-suite.ts'

describeLists(memory)
