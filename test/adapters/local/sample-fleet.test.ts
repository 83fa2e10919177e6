import { createFileSource } from '../../state/database-source.ts'
import { describeSampleFleet } from './sample-fleet-suite.ts'

describeSampleFleet(createFileSource())
