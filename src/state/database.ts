import type { InflightQueryAbortStrategy, Kysely } from 'kysely'
import type { Bell } from './bell.ts'
import type { ColumnTypes } from './column-types.ts'
import type { SqlFunctions } from './sql-functions.ts'

/**
 * The gateway's own database: the same tables and queries on SQLite and on PostgreSQL. Whose tables they are is said by
 * their rooms: `TableRoom.in`.
 */
export interface GatewayDatabase<Tables = unknown> {
  readonly kind: 'sqlite' | 'postgres'
  readonly queries: Kysely<Tables>
  /**
   * The same for one write that is worth nothing after its deadline, in epoch milliseconds: SQLite gives up waiting for
   * its write lock a moment before.
   */
  queriesUntil(deadline: number): Kysely<Tables>
  readonly functions: SqlFunctions
  readonly columnTypes: ColumnTypes
  /** What becomes of a statement whose caller has gone. */
  readonly abortStrategy: InflightQueryAbortStrategy
  /** Rung for all gateways on this database. */
  readonly bell: Bell
  /** Of one that was opened to start with: there is somebody now whom a statement must not hold up. */
  serve(): Promise<void>
  /** Idempotent. Waits for the statements that are under way. */
  close(): Promise<void>
}
