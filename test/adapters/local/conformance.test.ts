import { createFileSource } from '../../state/database-source.ts'
import { describeLocalConformance } from './conformance-suite.ts'

describeLocalConformance(createFileSource())
