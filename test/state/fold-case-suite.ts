import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foldCase } from '../../src/contract/index.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { settingTables } from '../../src/state/settings/tables.ts'
import type { SqlText } from '../../src/state/sql-functions.ts'
import { isStorableText } from '../../src/state/storable-text.ts'
import { oddTexts } from '../adapters/local/odd-registry.ts'
import { type DatabaseSource, openFrom } from './database-source.ts'

const codes = Array.from({ length: 0x110000 - 1 }, (_, index) => index + 1)
const letters = codes.map((code) => String.fromCodePoint(code)).filter(isStorableText)
export const foldedLetters = letters.filter((letter) => foldCase(letter) !== letter)

/** However many are in a row of the table. */
function* inRows(atOnce: number): Generator<string> {
  for (let start = 0; start < letters.length; start += atOnce)
    yield letters.slice(start, start + atOnce).join('')
}

export function describeFoldCase(source: DatabaseSource): void {
  describe(`folded case on ${source.name}`, () => {
    let database: GatewayDatabase
    beforeAll(async () => {
      database = await openFrom(source)
    })
    afterAll(async () => {
      await database.close()
      await source.dispose()
    })

    test('is that of the contract, for each letter by itself and among all others', async () => {
      const { queries } = settingTables.in(database)
      const fold = database.functions.foldCase as (text: SqlText) => SqlText
      const texts = [
        ...new Set([
          ...inRows(512),
          ...foldedLetters,
          ...oddTexts,
          '',
          ...oddTexts.map((text) => `K${text}ſ`),
        ]),
      ]
      for (let start = 0; start < texts.length; start += 500) {
        const rows = texts.slice(start, start + 500).map((key) => ({ key, value: '' }))
        await queries.insertInto('setting').values(rows).execute()
      }
      const rows = await queries
        .selectFrom('setting')
        .select(['key', fold(sql.ref('key')).as('folded')])
        .execute()
      expect(rows).toHaveLength(texts.length)
      expect(rows.filter(({ key, folded }) => folded !== foldCase(key))).toEqual([])
    })

    test('of nothing is nothing', async () => {
      const fold = database.functions.foldCase as (text: SqlText) => SqlText
      const row = await database.queries
        .selectNoFrom(fold(sql`cast(null as text)`).as('folded'))
        .executeTakeFirst()
      expect(row).toEqual({ folded: null })
    })
  })
}
