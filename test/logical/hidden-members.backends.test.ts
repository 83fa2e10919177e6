import { inject } from 'vitest'
import { createPostgresSource } from '../state/database-source.ts'
import { describeHiddenMembers } from './hidden-members-suite.ts'

describeHiddenMembers(createPostgresSource(inject('postgresUrl')))
