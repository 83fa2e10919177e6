import { providedPostgres } from '../state/provided-postgres.ts'
import { describeSizes } from './sizes-suite.ts'

describeSizes(providedPostgres())
