import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { WriteJournal } from '../../src/state/journal/write-journal.ts'
import { type DatabaseSource, silent } from './database-source.ts'

interface Noted {
  readonly id: string
  readonly command: string
}

/** Of a database that can be opened more than once. */
export function describeWriteJournal(source: DatabaseSource): void {
  describe(`the journal of writes on ${source.name}`, () => {
    let url: string
    let database: GatewayDatabase
    let journal: WriteJournal<Noted>

    const open = async () => {
      database = await openGatewayDatabase(url, { log: silent })
      journal = new WriteJournal<Noted>(database, { log: silent })
    }
    beforeEach(async () => {
      url = await source.createUrl()
      await open()
    })
    afterEach(() => database.close())
    afterAll(() => source.dispose())

    test('keeps what began beyond the gateway, for the first that looks when its time is over', async () => {
      await journal.begin({ id: 'a', command: 'ключ 🚀' }, { waitMs: 5000, settleInMs: 0 })
      await journal.begin({ id: 'later', command: '' }, { waitMs: 5000, settleInMs: 60_000 })
      await database.close()
      await open()
      const other = new WriteJournal<Noted>(database, { log: silent })
      const claims = await Promise.all([journal, other, journal].map((each) => each.claim(60_000)))
      expect(claims.filter((claim) => claim !== null)).toEqual([{ id: 'a', command: 'ключ 🚀' }])
      expect(await other.claim(60_000)).toBeNull()
    })

    test('forgets what has ended, before it is closed at the latest', async () => {
      for (const id of ['a', 'b', 'c'])
        await journal.begin({ id, command: id }, { waitMs: 5000, settleInMs: 0 })
      await journal.end('a')
      await journal.end('c')
      await journal.close()
      await database.close()
      await open()
      expect(await journal.claim(60_000)).toMatchObject({ id: 'b' })
      expect(await journal.claim(60_000)).toBeNull()
    })

    test('forgets more at once than a statement has parameters', async () => {
      await journal.begin({ id: 'a', command: 'a' }, { waitMs: 1000, settleInMs: 0 })
      await Promise.all(Array.from({ length: 70_000 }, (_, index) => journal.end(`of another ${index}`)))
      await journal.end('a')
      await journal.close()
      expect(await new WriteJournal<Noted>(database, { log: silent }).claim(60_000)).toBeNull()
    })
  })
}
