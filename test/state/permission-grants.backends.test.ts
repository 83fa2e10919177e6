import { describePermissionGrants } from './permission-grants-suite.ts'
import { providedPostgres } from './provided-postgres.ts'

describePermissionGrants(providedPostgres())
