import { providedPostgres } from '../../state/provided-postgres.ts'
import { describeReads } from './reads-suite.ts'
import { describeStore } from './store-suite.ts'

describeStore(providedPostgres())
describeReads(providedPostgres())
