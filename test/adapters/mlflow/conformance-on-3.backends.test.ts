import { describeMlflowConformance } from './conformance-suite.ts'

describeMlflowConformance('3.17.2')
