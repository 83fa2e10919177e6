import { createFileSource } from './database-source.ts'
import { describePermissionGrants } from './permission-grants-suite.ts'

describePermissionGrants(createFileSource())
