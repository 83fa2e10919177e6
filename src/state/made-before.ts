import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { SqlCondition, SqlFunctions } from './sql-functions.ts'

/**
 * What was made so long ago by the clock of the database, and by that of this process, which nobody sets: a clock that
 * jumps ahead lets go of nothing that is still wanted.
 *
 * @param madeAt was taken from `now` of the same functions.
 */
export function madeBefore(madeAt: RawBuilder<number>, { now }: SqlFunctions, agoMs: number): SqlCondition {
  const steadily = Math.floor(performance.timeOrigin + performance.now())
  return sql<SqlBool>`(${madeAt} < ${steadily - agoMs} and ${madeAt} < ${now} - ${agoMs})`
}
