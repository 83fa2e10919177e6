import { providedPostgres } from '../state/provided-postgres.ts'
import { describeClaims } from './claims-suite.ts'

describeClaims(providedPostgres())
