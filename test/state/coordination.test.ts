import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { Leases } from '../../src/state/write-coordination/leases.ts'
import { writeCoordinationTables } from '../../src/state/write-coordination/tables.ts'
import { describeCleanUps } from './clean-ups-suite.ts'
import { createFileSource, openFrom, silent } from './database-source.ts'
import { describeIdempotencyRecords } from './idempotency-records-suite.ts'
import { describeLeases } from './leases-suite.ts'
import { holdWriteLock } from './sqlite/held-file.ts'
import { describeVersionNotes } from './version-notes-suite.ts'
import { describeWriteJournal } from './write-journal-suite.ts'

describeLeases(createFileSource())
describeIdempotencyRecords(createFileSource())
describeCleanUps(createFileSource())
describeVersionNotes(createFileSource())
describeWriteJournal(createFileSource())

test('whoever waits for a lease is told of its holder, also when the database is busy in the end', async () => {
  const files = createFileSource()
  const url = await files.createUrl()
  const databases = [
    await openGatewayDatabase(url, { log: silent }),
    await openGatewayDatabase(url, { log: silent }),
  ]
  const [one, other] = databases.map((database) => new Leases(database, { log: silent })) as [Leases, Leases]
  await one.run('x', 1000, async () => {
    const waiting = other.run('x', 1500, async () => 'too early').catch((error: unknown) => error)
    await wait(700)
    const lock = holdWriteLock(url)
    expect(await waiting).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })
    lock.letGo()
  })
  for (const database of databases) await database.close()
  await files.dispose()
})

test('a lease of an earlier run of the machine, whose clock was further ahead, is free', async () => {
  const files = createFileSource()
  const database = await openFrom(files)
  const { queries } = writeCoordinationTables.in(database)
  const leases = new Leases(database, { log: silent })
  await leases.run('x', 1000, async () => {
    const year = 365 * 24 * 60 * 60 * 1000
    await queries
      .updateTable('lease')
      .set(({ eb }) => ({ holder: 'gone', expires_at: eb('expires_at', '+', year) }))
      .execute()
  })
  expect(await queries.selectFrom('lease').select('holder').execute()).toEqual([{ holder: 'gone' }])
  expect(await leases.run('x', 1000, async () => 'free')).toBe('free')
  await database.close()
  await files.dispose()
})
