import { inject } from 'vitest'
import { createPostgresSource } from './database-source.ts'
import { describePermissionGrants } from './permission-grants-suite.ts'

describePermissionGrants(createPostgresSource(inject('postgresUrl')))
