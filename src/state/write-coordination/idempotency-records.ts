import { sql } from 'kysely'
import { RegistryError } from '../../contract/index.ts'
import type { CallersKey, IdempotencyRecord } from '../../stores/idempotency-records.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { madeBefore } from '../made-before.ts'
import { type WriteCoordinationTables, writeCoordinationTables } from './tables.ts'

const keptMs = 48 * 60 * 60 * 1000

/** What was written under the key of a caller, and what it came to. */
export class IdempotencyRecords {
  readonly #database: GatewayDatabase<WriteCoordinationTables>

  constructor(database: GatewayDatabase) {
    this.#database = writeCoordinationTables.in(database)
  }

  async find({ caller, key }: CallersKey): Promise<IdempotencyRecord | null> {
    const row = await beforeAnyWrite(
      this.#database.queries
        .selectFrom('idempotent_write')
        .select(['digest', 'memo', 'answer'])
        .where('caller', '=', caller)
        .where('key', '=', key)
        .executeTakeFirst(),
    )
    return row ?? null
  }

  /**
   * Those that nobody can want any more are let go on the way.
   *
   * @throws RegistryError REGISTRY_TIMEOUT when somebody else has begun under the key meanwhile.
   */
  async begin({ caller, key }: CallersKey, digest: string, memo: string): Promise<void> {
    const { queries, functions } = this.#database
    await beforeAnyWrite(
      queries
        .deleteFrom('idempotent_write')
        .where(madeBefore(sql.ref('created_at'), functions, keptMs))
        .execute(),
    )
    const row = { caller, key, digest, memo, answer: null, created_at: functions.now }
    const begun = await beforeAnyWrite(
      queries
        .insertInto('idempotent_write')
        .values(row)
        .onConflict((conflict) => conflict.columns(['caller', 'key']).doNothing())
        .returning('key')
        .executeTakeFirst(),
    )
    if (begun === undefined) throw overtaken()
  }

  async answer({ caller, key }: CallersKey, answer: string): Promise<void> {
    await this.#database.queries
      .updateTable('idempotent_write')
      .set({ answer })
      .where('caller', '=', caller)
      .where('key', '=', key)
      .execute()
  }

  async forget({ caller, key }: CallersKey): Promise<void> {
    await this.#database.queries
      .deleteFrom('idempotent_write')
      .where('caller', '=', caller)
      .where('key', '=', key)
      .execute()
  }
}

/** As happens to a process that was suspended before it began. */
function overtaken(): RegistryError {
  return new RegistryError(
    'REGISTRY_TIMEOUT',
    'This write was held up for so long that another one under the same idempotencyKey came first; nothing was written. Ask again with the same key.',
    { nothingWritten: true },
  )
}
