import { createFileSource } from '../state/database-source.ts'
import { describeEventMatcher } from './event-matcher-suite.ts'

describeEventMatcher(createFileSource())
