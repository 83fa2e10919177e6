import { rounds } from '../../environment/rounds.ts'
import { providedPostgres } from '../provided-postgres.ts'
import { describeLists } from './lists-suite.ts'

describeLists(providedPostgres(), rounds(1, 20))
