import type { Kysely } from 'kysely'
import { RegistryError } from '../../contract/index.ts'
import type { SweepStep } from '../../stores/registry-state.ts'
import type { Look, SyncRight } from '../../stores/sync-store.ts'
import type { GatewayDatabase } from '../database.ts'
import { CatalogPart, type FollowedPart } from './catalog-part.ts'
import { dirtyOf } from './dirty-models.ts'
import { type CatalogRegistryRow, type CatalogTables, untyped } from './tables.ts'
import type { WriteUnderWay } from './write-under-way.ts'

export interface SyncChangesOptions extends FollowedPart {
  /** Writes that have begun and whose end is not noted, of all gateways. */
  readonly underWay: (queries: Kysely<unknown>) => Promise<readonly WriteUnderWay[]>
}

/** Another one syncs the registry by now. */
export function rightLost({ registry }: Pick<SyncRight, 'registry'>): RegistryError {
  return new RegistryError('CONFLICT', `Another process syncs "${registry}" by now.`)
}

/** Transactions of who has the right to sync a registry; none is done once another one has it. */
export class SyncChanges {
  readonly #database: GatewayDatabase<CatalogTables>
  readonly #options: SyncChangesOptions

  constructor(database: GatewayDatabase<CatalogTables>, options: SyncChangesOptions) {
    this.#database = database
    this.#options = options
  }

  /** Of the registry's row. */
  async set(right: SyncRight, values: Partial<Omit<CatalogRegistryRow, 'id' | 'name'>>): Promise<void> {
    const row = await this.#database.queries
      .updateTable('catalog_registry')
      .set(values)
      .where('id', '=', right.id)
      .where('syncer', '=', right.syncer)
      .returning('id')
      .executeTakeFirst()
    if (!row) throw rightLost(right)
  }

  /** @param work is given the part of the catalog that is the registry's, and the time of the database. */
  async change(
    right: SyncRight,
    look: Look,
    step: SweepStep | null,
    taken: number,
    work: (part: CatalogPart, at: number) => Promise<void>,
  ): Promise<void> {
    const { followers, isOwnTag, readOrigin } = this.#options
    const hasEvents = await this.#database.queries.transaction().execute(async (queries) => {
      const row = await queries
        .updateTable('catalog_registry')
        .set((eb) => ({
          taken: step === null ? eb.ref('taken') : eb('taken', '+', taken),
          ...(step !== null && { phase: step.phase, place: step.place && JSON.stringify(step.place) }),
        }))
        .where('id', '=', right.id)
        .where('syncer', '=', right.syncer)
        .returning(['swept_at', 'checked_at', this.#database.functions.now.as('now')])
        .executeTakeFirst()
      if (!row) throw rightLost(right)
      const part = new CatalogPart(this.#database, queries, {
        id: right.id,
        registry: right.registry,
        look,
        knownSince: row.swept_at === null ? null : row.checked_at,
        busy: await this.#busy(queries, right, look),
        dirty: await dirtyOf(queries, right.id),
        isOwnTag,
        readOrigin,
      })
      await work(part, row.now)
      await part.settle(followers)
      return part.hasEvents
    })
    if (hasEvents) this.#database.bell.ring()
  }

  /** Models that a write is under way to, or that one was noted of since the look: what was read may be older. */
  async #busy(queries: Kysely<CatalogTables>, { id, registry }: SyncRight, look: Look): Promise<Set<string>> {
    const touched = await queries
      .selectFrom('catalog_touch')
      .select('model')
      .where('registry_id', '=', id)
      .where('touch', '>', look.touch)
      .execute()
    const underWay = await this.#options.underWay(untyped(queries))
    const names = underWay
      .filter((each) => each.registry === registry && !each.isOverdue)
      .map(({ model }) => model)
    return new Set([...touched.map(({ model }) => model), ...names])
  }
}
