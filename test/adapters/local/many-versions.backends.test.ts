import { providedPostgres } from '../../state/provided-postgres.ts'
import { describeManyVersions } from './many-versions-suite.ts'

describeManyVersions(providedPostgres())
