import { createFileSource } from '../state/database-source.ts'
import { describeModelGroups } from './model-groups-suite.ts'

describeModelGroups(createFileSource())
