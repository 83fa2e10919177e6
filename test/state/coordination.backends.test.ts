import { inject } from 'vitest'
import { describeCleanUps } from './clean-ups-suite.ts'
import { createPostgresSource } from './database-source.ts'
import { describeIdempotencyRecords } from './idempotency-records-suite.ts'
import { describeLeases } from './leases-suite.ts'
import { describeVersionNotes } from './version-notes-suite.ts'
import { describeWriteJournal } from './write-journal-suite.ts'

describeLeases(createPostgresSource(inject('postgresUrl')))
describeIdempotencyRecords(createPostgresSource(inject('postgresUrl')))
describeCleanUps(createPostgresSource(inject('postgresUrl')))
describeVersionNotes(createPostgresSource(inject('postgresUrl')))
describeWriteJournal(createPostgresSource(inject('postgresUrl')))
