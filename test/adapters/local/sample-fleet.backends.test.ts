import { providedPostgres } from '../../state/provided-postgres.ts'
import { describeSampleFleet } from './sample-fleet-suite.ts'

describeSampleFleet(providedPostgres())
