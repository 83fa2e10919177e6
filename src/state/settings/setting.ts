import type { GatewayDatabase } from '../database.ts'
import { settingTables } from './tables.ts'

/** What is kept under the key. Of several who find nothing there and write at once, all get the same value. */
export async function getOrCreateSetting(
  database: Pick<GatewayDatabase, 'queries'>,
  key: string,
  makeValue: () => string,
): Promise<string> {
  const existing = await getSetting(database, key)
  if (existing !== null) return existing
  const value = makeValue()
  const { queries } = settingTables.in(database)
  const inserted = await queries
    .insertInto('setting')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  return inserted === undefined ? ((await getSetting(database, key)) ?? value) : value
}

export async function getSetting(
  database: Pick<GatewayDatabase, 'queries'>,
  key: string,
): Promise<string | null> {
  const { queries } = settingTables.in(database)
  const row = await queries.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value ?? null
}
