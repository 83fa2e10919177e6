import { providedPostgres } from '../state/provided-postgres.ts'
import { describeHiddenMembers } from './hidden-members-suite.ts'

describeHiddenMembers(providedPostgres())
