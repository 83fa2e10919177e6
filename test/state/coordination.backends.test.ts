import { describeCleanUps } from './clean-ups-suite.ts'
import { describeIdempotencyRecords } from './idempotency-records-suite.ts'
import { describeLeases } from './leases-suite.ts'
import { providedPostgres } from './provided-postgres.ts'
import { describeVersionNotes } from './version-notes-suite.ts'
import { describeWriteJournal } from './write-journal-suite.ts'

describeLeases(providedPostgres())
describeIdempotencyRecords(providedPostgres())
describeCleanUps(providedPostgres())
describeVersionNotes(providedPostgres())
describeWriteJournal(providedPostgres())
