import { rounds } from '../../environment/rounds.ts'
import { memory } from '../database-source.ts'
import { describeLists } from './lists-suite.ts'

describeLists(memory, rounds(1, 20))
