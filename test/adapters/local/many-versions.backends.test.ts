import { inject } from 'vitest'
import { createPostgresSource } from '../../state/database-source.ts'
import { describeManyVersions } from './many-versions-suite.ts'

describeManyVersions(createPostgresSource(inject('postgresUrl')))
