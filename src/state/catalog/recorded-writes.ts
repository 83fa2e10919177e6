import type { Kysely } from 'kysely'
import type { GatewayDatabase } from '../database.ts'
import { appendEvents } from './append-events.ts'
import { CatalogPart, type FollowedPart, type Look } from './catalog-part.ts'
import { type CatalogRegistryRow, type CatalogTables, catalogTables, untyped } from './tables.ts'
import { type DoneWrite, takeWrite } from './take-write.ts'

/** What writes through the gateway have done. */
export class RecordedWrites {
  readonly #database: GatewayDatabase<CatalogTables>
  readonly #options: FollowedPart

  constructor(database: GatewayDatabase, options: FollowedPart) {
    this.#database = catalogTables.in(database)
    this.#options = options
  }

  /**
   * What a write through the gateway has done, with its events, in one transaction with `also`. Of a registry that is
   * not synced there are the events alone.
   *
   * @param look of before the model was read back; `null`: it was not.
   * @returns false when somebody else's write was noted since that look: then nothing is done, and it has to be read again.
   */
  async take(
    registry: string,
    look: Look | null,
    write: DoneWrite,
    also: (queries: Kysely<unknown>) => Promise<void>,
  ): Promise<boolean> {
    const { followers, isOwnTag } = this.#options
    const { now } = this.#database.functions
    return this.#database.queries.transaction().execute(async (queries) => {
      const isOfRows = write.written.some(({ kind }) => kind !== 'PERMISSION_CHANGED')
      const row = isOfRows
        ? await queries
            .updateTable('catalog_registry')
            .set((eb) => ({ touch: eb('touch', '+', 1) }))
            .where('name', '=', registry)
            .returning(['id', 'touch', 'swept_at', 'checked_at', now.as('now')])
            .executeTakeFirst()
        : undefined
      if (!row) {
        await this.#recordAlone(queries, registry, write)
        await also(untyped(queries))
        return true
      }
      const names = new Set([write.model, ...write.written.map(({ model }) => model)])
      if (look !== null && (await isTouched(queries, row.id, names, look))) return false
      await touchModels(queries, row, names)
      const part = new CatalogPart(this.#database, queries, {
        id: row.id,
        registry,
        look: look ?? { at: row.now, touch: row.touch },
        knownSince: row.swept_at === null ? null : row.checked_at,
        busy: new Set(),
        isOwnTag,
      })
      await takeWrite(part, write, row.now)
      await part.settle(followers)
      await also(untyped(queries))
      return true
    })
  }

  async #recordAlone(
    queries: Kysely<CatalogTables>,
    registry: string,
    { written, by }: DoneWrite,
  ): Promise<void> {
    const { kind, functions } = this.#database
    const { now } = await queries.selectNoFrom(functions.now.as('now')).executeTakeFirstOrThrow()
    const events = written.map((happening) => ({
      ...happening,
      before: happening.before ?? null,
      registry,
      at: now,
      notBefore: null,
      certainty: 'RECORDED' as const,
      ...by,
    }))
    await appendEvents({ kind, queries }, events)
  }
}

async function isTouched(
  queries: Kysely<CatalogTables>,
  id: number,
  names: ReadonlySet<string>,
  look: Look,
): Promise<boolean> {
  const row = await queries
    .selectFrom('catalog_touch')
    .select('model')
    .where('registry_id', '=', id)
    .where('model', 'in', [...names])
    .where('touch', '>', look.touch)
    .executeTakeFirst()
  return row !== undefined
}

async function touchModels(
  queries: Kysely<CatalogTables>,
  { id, touch }: Pick<CatalogRegistryRow, 'touch'> & { readonly id: number },
  names: ReadonlySet<string>,
): Promise<void> {
  for (const model of names) {
    await queries
      .insertInto('catalog_touch')
      .values({ registry_id: id, model, touch, dirty: 0 })
      .onConflict((conflict) => conflict.columns(['registry_id', 'model']).doUpdateSet({ touch }))
      .execute()
  }
}
