import { createFileSource } from '../state/database-source.ts'
import { describeSizes } from './sizes-suite.ts'

describeSizes(createFileSource())
