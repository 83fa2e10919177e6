import { providedPostgres } from '../state/provided-postgres.ts'
import { describeModelGroups } from './model-groups-suite.ts'

describeModelGroups(providedPostgres())
