import { createFileSource } from '../../state/database-source.ts'
import { describeManyVersions } from './many-versions-suite.ts'

describeManyVersions(createFileSource())
