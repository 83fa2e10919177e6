import { providedPostgres } from '../../state/provided-postgres.ts'
import { describeLocalConformance } from './conformance-suite.ts'

describeLocalConformance(providedPostgres(), { held: true })
