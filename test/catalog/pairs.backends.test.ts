import { providedPostgres } from '../state/provided-postgres.ts'
import { describePairs } from './pairs-suite.ts'

describePairs(providedPostgres())
