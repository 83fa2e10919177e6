import { providedPostgres } from '../state/provided-postgres.ts'
import { describeCopies } from './copies-suite.ts'

describeCopies(providedPostgres())
