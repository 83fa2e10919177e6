import { providedPostgres } from '../../state/provided-postgres.ts'
import { describeWrites } from './writes-suite.ts'

describeWrites(providedPostgres(), 2)
