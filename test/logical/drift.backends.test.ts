import { providedPostgres } from '../state/provided-postgres.ts'
import { describeDrift } from './drift-suite.ts'

describeDrift(providedPostgres())
