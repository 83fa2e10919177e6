import { createFileSource } from '../state/database-source.ts'
import { describeCopies } from './copies-suite.ts'

describeCopies(createFileSource())
