import type { Kysely } from 'kysely'
import type { DoneWrite } from '../../stores/done-write.ts'
import type { Look } from '../../stores/sync-store.ts'
import type { GatewayDatabase } from '../database.ts'
import { appendEvents } from './append-events.ts'
import { CatalogPart, type FollowedPart } from './catalog-part.ts'
import { dirtyOf } from './dirty-models.ts'
import { isEarly } from './early-write.ts'
import { type CatalogRegistryRow, type CatalogTables, catalogTables, untyped } from './tables.ts'
import { takeWrite } from './take-write.ts'
import type { WriteUnderWay } from './write-under-way.ts'

/** The note of a write in the journal. */
export interface WriteNote {
  readonly id: string
  /** Takes it away, in that transaction, and says what is known of it. */
  end(queries: Kysely<unknown>): Promise<{ readonly begunAt: number | null; readonly isLate: boolean }>
}

/** `again`: another write was noted since the look. `early`: one that was done before is not noted yet. */
export type Taken = 'done' | 'again' | 'early'

export interface RecordedWritesOptions extends FollowedPart {
  readonly underWay: (queries: Kysely<unknown>) => Promise<readonly WriteUnderWay[]>
}

/** What writes through the gateway have done. */
export class RecordedWrites {
  readonly #database: GatewayDatabase<CatalogTables>
  readonly #options: RecordedWritesOptions

  constructor(database: GatewayDatabase, options: RecordedWritesOptions) {
    this.#database = catalogTables.in(database)
    this.#options = options
  }

  /**
   * What a write through the gateway has done, with its events, in one transaction with the end of its note. Of a registry
   * that is not synced there are the events alone.
   *
   * @param look of before the model was read back; `null`: it was not.
   * @param isPatient whether it may wait for a write that was done before.
   */
  async take(
    registry: string,
    look: Look | null,
    write: DoneWrite,
    { note, isPatient }: { readonly note: WriteNote; readonly isPatient: boolean },
  ): Promise<Taken> {
    const taken = await this.#database.queries.transaction().execute(async (queries) => {
      const isOfRows = write.written.some(({ kind }) => kind !== 'PERMISSION_CHANGED')
      const row = isOfRows ? await this.#touch(queries, registry) : undefined
      if (!row) {
        await this.#recordAlone(queries, registry, write)
        await note.end(untyped(queries))
        return 'done'
      }
      const names = new Set([write.model, ...write.written.map(({ model }) => model)])
      if (look !== null && (await isTouched(queries, row.id, names, look))) return 'again'
      const others = await this.#others(queries, registry, names, note.id)
      const part = await this.#part(queries, registry, row, look)
      if (isPatient && (await isEarly(part, write, others))) return 'early'
      await touchModels(queries, row, names)
      const { begunAt, isLate } = await note.end(untyped(queries))
      const times = { at: row.now, begunAt: Math.min(begunAt ?? row.now, row.now), isLate, others }
      await takeWrite(part, write, times)
      await part.settle(this.#options.followers)
      return 'done'
    })
    if (taken === 'done' && write.written.length > 0) this.#database.bell.ring()
    return taken
  }

  #touch(queries: Kysely<CatalogTables>, registry: string): Promise<TouchedRow | undefined> {
    return queries
      .updateTable('catalog_registry')
      .set((eb) => ({ touch: eb('touch', '+', 1) }))
      .where('name', '=', registry)
      .returning(['id', 'touch', 'swept_at', 'checked_at', this.#database.functions.now.as('now')])
      .executeTakeFirst()
  }

  async #part(queries: Kysely<CatalogTables>, registry: string, row: TouchedRow, look: Look | null) {
    return new CatalogPart(this.#database, queries, {
      id: row.id,
      registry,
      look: look ?? { at: row.now, touch: row.touch },
      knownSince: row.swept_at === null ? null : row.checked_at,
      busy: new Set(),
      dirty: await dirtyOf(queries, row.id),
      isOwnTag: this.#options.isOwnTag,
      readOrigin: this.#options.readOrigin,
    })
  }

  /** What others are writing to the same models. */
  async #others(queries: Kysely<CatalogTables>, registry: string, names: ReadonlySet<string>, id: string) {
    const underWay = await this.#options.underWay(untyped(queries))
    return underWay
      .filter(
        (each) => each.id !== id && each.registry === registry && names.has(each.model) && !each.isOverdue,
      )
      .flatMap(({ places }) => places)
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

type TouchedRow = Pick<CatalogRegistryRow, 'touch' | 'swept_at' | 'checked_at'> & {
  readonly id: number
  readonly now: number
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
      .values({ registry_id: id, model, touch, dirty: 0, known_until: null })
      .onConflict((conflict) => conflict.columns(['registry_id', 'model']).doUpdateSet({ touch }))
      .execute()
  }
}
