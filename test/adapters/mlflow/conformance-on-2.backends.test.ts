import { describeMlflowConformance } from './conformance-suite.ts'

describeMlflowConformance('2.22.4')
