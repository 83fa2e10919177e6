import { type RawBuilder, sql } from 'kysely'

/** Of the row `m` of local_model or `v` of local_version. */
export function toTimeColumn(row: 'm' | 'v', field: 'createdAt' | 'updatedAt'): RawBuilder<number> {
  return sql.ref(`${row}.${field === 'createdAt' ? 'created_at' : 'updated_at'}`)
}
