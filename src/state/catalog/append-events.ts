import type { Kysely } from 'kysely'
import type { GatewayDatabase } from '../database.ts'
import type { NewEvent } from './event.ts'
import { insertRows } from './insert-rows.ts'
import { keepable } from './keepable.ts'
import type { CatalogTables } from './tables.ts'

const columns = [
  'seq',
  'kind',
  'at',
  'not_before',
  'certainty',
  'actor',
  'request_id',
  'registry',
  'model',
  'version',
  'key',
  'before',
  'after',
  'comment',
]

/**
 * As the last thing of a transaction: until it is committed nobody else adds any, so that a reader who has seen a number
 * has seen all lower ones.
 */
export async function appendEvents(
  { kind, queries }: Pick<GatewayDatabase, 'kind'> & { readonly queries: Kysely<CatalogTables> },
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  const { last } = await queries
    .insertInto('event_log_end')
    .values({ id: 1, last: events.length, cut: 0, cut_hash: null, cut_at: null })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ last: eb('event_log_end.last', '+', events.length) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  const first = last - events.length + 1
  const rows = events.map((event, index) => [
    first + index,
    event.kind,
    event.at,
    event.notBefore,
    event.certainty,
    event.actor,
    event.requestId,
    event.registry,
    event.model,
    event.version,
    event.key,
    event.before === null ? null : keepable(event.before),
    event.after === null ? null : keepable(event.after),
    event.comment === null ? null : keepable(event.comment),
  ])
  await insertRows({ kind, queries }, 'event_log', columns, rows)
}
