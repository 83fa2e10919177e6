import { providedPostgres } from '../state/provided-postgres.ts'
import { describeUnsettled } from './unsettled-suite.ts'

describeUnsettled(providedPostgres())
