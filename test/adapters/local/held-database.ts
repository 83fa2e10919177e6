import { sql } from 'kysely'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, silent } from '../../state/database-source.ts'

export interface HeldDatabase {
  readonly database: GatewayDatabase
  /** Lets go and closes. */
  dispose(): Promise<void>
}

/** A database of a PostgreSQL server that takes statements and does not answer them, as its tables are locked. */
export async function openHeld(source: DatabaseSource): Promise<HeldDatabase> {
  const url = await source.createUrl()
  const [database, holder] = [
    await openGatewayDatabase(url, { log: silent }),
    await openGatewayDatabase(url, { log: silent }),
  ]
  const locked = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const holding = holder.queries.transaction().execute(async (transaction) => {
    await sql`lock table local_model, local_run, local_idempotency in access exclusive mode`.execute(
      transaction,
    )
    locked.resolve()
    await released.promise
  })
  await Promise.race([locked.promise, holding])
  return {
    database,
    async dispose() {
      released.resolve()
      await holding
      await holder.close()
      await database.close()
    },
  }
}
