import { providedPostgres } from '../state/provided-postgres.ts'
import { describeLogicalModels } from './logical-models-suite.ts'

describeLogicalModels(providedPostgres())
