import { memory } from '../state/database-source.ts'
import { describeHiddenMembers } from './hidden-members-suite.ts'

describeHiddenMembers(memory)
