import { memory } from '../state/database-source.ts'
import { describeClaims } from './claims-suite.ts'

describeClaims(memory)
