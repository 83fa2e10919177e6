import type { Kysely } from 'kysely'
import type { LocalTables } from './tables.ts'

interface Changing {
  readonly queries: Kysely<LocalTables>
  /** The registry's. */
  readonly name: string
  /** Names of models. */
  readonly changed: Set<string>
}

/** As the last thing of a write: the feed stands still for everybody until it is committed. */
export async function noteChanges({ queries, name: registry, changed }: Changing): Promise<void> {
  if (changed.size === 0) return
  const { last: number } = await queries
    .insertInto('local_feed')
    .values({ registry, last: 1 })
    .onConflict((conflict) =>
      conflict.column('registry').doUpdateSet((eb) => ({ last: eb('local_feed.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  for (const model of changed) {
    await queries
      .insertInto('local_change')
      .values({ registry, model, number })
      .onConflict((conflict) => conflict.columns(['registry', 'model']).doUpdateSet({ number }))
      .execute()
  }
}

/** A run is told of by the versions that came from it. */
export async function noteRun({ queries, name: registry, changed }: Changing, runId: string): Promise<void> {
  const rows = await queries
    .selectFrom('local_version as v')
    .innerJoin('local_model as m', 'm.id', 'v.model_id')
    .select('m.name')
    .distinct()
    .where('m.registry', '=', registry)
    .where('v.run_id', '=', runId)
    .execute()
  for (const { name } of rows) changed.add(name)
}
