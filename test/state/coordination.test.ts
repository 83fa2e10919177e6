import { createFileSource } from './database-source.ts'
import { describeIdempotencyRecords } from './idempotency-records-suite.ts'
import { describeLeases } from './leases-suite.ts'

describeLeases(createFileSource())
describeIdempotencyRecords(createFileSource())
